"""Users, sign-in, second factor, sessions."""
