"""How units are joined."""
