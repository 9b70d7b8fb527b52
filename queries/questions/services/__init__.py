"""Services to enterprises: visits by service officers."""
