//! A connection that breaks.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

/// Passes everything on, and breaks each connection after so many bytes of the server.
pub struct Proxy {
    pub port: u16,
    pub connections: Arc<AtomicUsize>,
    /// Bytes after which the next connections break.
    pub limit: Arc<AtomicU64>,
}

impl Proxy {
    pub fn to(server: u16, limit: u64) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let (connections, limit) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicU64::new(limit)));
        let (counted, limits) = (Arc::clone(&connections), Arc::clone(&limit));
        std::thread::spawn(move || {
            for client in listener.incoming() {
                let Ok(client) = client else { return };
                counted.fetch_add(1, Ordering::Relaxed);
                let Ok(server) = TcpStream::connect(("127.0.0.1", server)) else { continue };
                let limit = limits.load(Ordering::Relaxed);
                let (mut up, mut to_server) =
                    (client.try_clone().unwrap(), server.try_clone().unwrap());
                std::thread::spawn(move || {
                    let _ = std::io::copy(&mut up, &mut to_server);
                    let _ = to_server.shutdown(Shutdown::Both);
                });
                std::thread::spawn(move || pass(server, client, limit));
            }
        });
        Self { port, connections, limit }
    }
}

fn pass(mut from: TcpStream, mut to: TcpStream, mut left: u64) {
    let mut buffer = [0; 4096];
    while let Ok(read @ 1..) = from.read(&mut buffer) {
        let allowed = usize::try_from(left).unwrap_or(usize::MAX).min(read);
        if to.write_all(&buffer[..allowed]).is_err() || allowed < read {
            break;
        }
        left -= allowed as u64;
    }
    let _ = to.shutdown(Shutdown::Both);
    let _ = from.shutdown(Shutdown::Both);
}
