"""The joint conference: who belongs to it, who came, what was discussed, what is still to be done."""
