//! Who may do what.
//!
//! - `matrix`: every call by outsider, member, admin and owner
//! - `outside`: an organization that one does not belong to and one that does not exist are the same
//! - `access`: who may ask about whom; `batch`: about many at once; `named`: by a permission's name; `acting`: backends that act for people; `audit`: who reads history

mod access;
mod acting;
mod audit;
mod batch;
mod matrix;
mod named;
mod outside;
