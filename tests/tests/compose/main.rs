//! The files that run Roster in containers, compared with what the binary, the servers and the settings really are: where no
//! container engine runs, nothing else would notice that they have drifted.
//!
//! - `files`: the files, taken apart
//! - `services`: what docker-compose.yml says, against itself and against nats.conf
//! - `image`: the Dockerfile, against the workspace
//! - `settings`: every variable, against the command line
//! - `start`: the real binary, with the environment of the compose file

mod files;
mod image;
mod services;
mod settings;
mod start;
