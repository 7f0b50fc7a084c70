//! What is wrong with the URL, rather than with the database: told at once, because waiting does not mend it.

use std::io::ErrorKind;

use sqlx::postgres::PgConnectOptions;

use crate::store::{OpenError, StoreError};

/// The first connection failed. Reading a certificate and not trusting one look like any other failure to speak to the server.
pub fn explained(error: StoreError, options: &PgConnectOptions) -> OpenError {
    let StoreError::Database(sqlx::Error::Io(io)) = &error else { return error.into() };
    match io.kind() {
        ErrorKind::InvalidData => OpenError::Unsafe(format!(
            "the database's certificate is not accepted: {io} (sslrootcert in DATABASE_URL names the authority to trust)"
        )),
        // A socket that is not there yet may come; a file does not.
        ErrorKind::NotFound | ErrorKind::PermissionDenied if options.get_socket().is_none() => {
            OpenError::Unsafe(format!("a file that sslrootcert, sslcert or sslkey in DATABASE_URL names: {io}"))
        }
        _ => error.into(),
    }
}
