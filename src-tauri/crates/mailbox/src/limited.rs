//! A connection that gives up when more comes than was to be expected, since the parser behind it keeps
//! the whole of an answer in memory; or when nothing comes for too long.

use std::future::Future as _;
use std::io::{Error, ErrorKind, Result};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep, sleep};

/// A connection with a limit on what is read until the limit is set anew, and on the silence before it.
#[derive(Debug)]
pub(crate) struct Limited<T> {
    inner: T,
    left: u64,
    /// How long nothing may come, and when that will have been.
    silence: Option<(Duration, Pin<Box<Sleep>>)>,
}

impl<T> Limited<T> {
    pub(crate) const fn new(inner: T, limit: u64) -> Self {
        Self { inner, left: limit, silence: None }
    }

    /// So much may come from now on.
    pub(crate) const fn allow(&mut self, bytes: u64) {
        self.left = bytes;
    }

    /// Something has to come at least this often from now on; whenever it wants when `None`.
    pub(crate) fn hear_within(&mut self, silence: Option<Duration>) {
        self.silence = silence.map(|silence| (silence, Box::pin(sleep(silence))));
    }
}

impl<T: AsyncRead + Unpin> AsyncRead for Limited<T> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<Result<()>> {
        if self.left == 0 {
            return Poll::Ready(Err(Error::from(ErrorKind::FileTooLarge)));
        }
        let before = buffer.filled().len();
        let polled = Pin::new(&mut self.inner).poll_read(context, buffer);
        let read = buffer.filled().len().saturating_sub(before);
        self.left = self.left.saturating_sub(u64::try_from(read).unwrap_or(u64::MAX));
        if let Some((silence, late)) = &mut self.silence {
            if polled.is_ready() {
                late.as_mut().reset(Instant::now() + *silence);
            } else if late.as_mut().poll(context).is_ready() {
                return Poll::Ready(Err(Error::from(ErrorKind::TimedOut)));
            }
        }
        polled
    }
}

impl<T: AsyncWrite + Unpin> AsyncWrite for Limited<T> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<Result<usize>> {
        Pin::new(&mut self.inner).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.inner).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::AsyncReadExt as _;

    #[test]
    fn more_than_was_expected_is_an_error() {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let mut stream = Limited::new(&b"0123456789"[..], 4);
            let mut buffer = [0; 4];
            stream.read_exact(&mut buffer).await.unwrap();
            assert_eq!(stream.read(&mut buffer).await.unwrap_err().kind(), ErrorKind::FileTooLarge);
            stream.allow(3);
            assert_eq!(stream.read(&mut buffer[..3]).await.unwrap(), 3);
            assert!(stream.read(&mut buffer).await.is_err());
        });
    }
}
