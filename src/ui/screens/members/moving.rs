//! Owns moving members within the roster of their branch (名册顺序).
//! Must never move across branches.
