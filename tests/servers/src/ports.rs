//! Ports that are free.

use std::net::TcpListener;

/// One that was free a moment ago. It may be taken by the time a server asks for it: whoever starts one tries again with another.
pub fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("its number").port()
}
