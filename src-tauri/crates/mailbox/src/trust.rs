//! Who may vouch for a server.

use std::sync::Arc;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, RootCertStore};

/// Who may vouch for a server.
#[derive(Clone)]
pub struct Trust(pub(crate) Arc<ClientConfig>);

impl std::fmt::Debug for Trust {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Trust").finish_non_exhaustive()
    }
}

impl Trust {
    /// The authorities that Mozilla trusts.
    #[must_use]
    pub fn public() -> Self {
        Self::of(RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() })
    }

    /// One authority alone, given by its certificate in DER; nobody when it is none.
    #[must_use]
    pub fn only(authority: &[u8]) -> Self {
        let mut roots = RootCertStore::empty();
        // One that cannot be read vouches for nobody.
        let _ = roots.add(CertificateDer::from(authority.to_vec()));
        Self::of(roots)
    }

    /// The first certificate of a file in PEM, as DER.
    #[must_use]
    pub fn der_of(pem: &str) -> Option<Vec<u8>> {
        let der = CertificateDer::from_pem_slice(pem.as_bytes()).ok()?;
        let mut roots = RootCertStore::empty();
        roots.add(der.clone()).ok()?;
        Some(der.to_vec())
    }

    fn of(roots: RootCertStore) -> Self {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let versions = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap_or_else(|_| ClientConfig::builder());
        Self(Arc::new(versions.with_root_certificates(roots).with_no_client_auth()))
    }
}
