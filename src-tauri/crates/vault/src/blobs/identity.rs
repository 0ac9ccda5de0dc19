//! The key pair of the evidence, and how a file carries its own name.

use super::seal::{Sealer, TAG};
use super::{BlobError, BlobId, Damage};
use crate::folder::private;
use crate::secret::{Key, Purpose};
use crate::{Folder, Part, RecoveryKey, VaultError};
use age::secrecy::{ExposeSecret as _, SecretString};
use age::{DecryptError, EncryptError, Encryptor};
use age_core::format::{FILE_KEY_BYTES, FileKey, Stanza};
use bech32::{Bech32, Hrp};
use std::cell::{Cell, RefCell};
use std::collections::HashSet;
use std::fs::File;
use std::io::{BufReader, ErrorKind, Read as _, Seek as _, SeekFrom, Write as _};
use zeroize::Zeroizing;

/// The recovery key is random: nobody guesses 128 bits, however cheap a guess is. Public tools
/// accept any cost.
const SCRYPT_LOG_N: u8 = 10;
/// Several times what a header takes.
const HEADER_LIMIT: usize = 4096;
/// What follows the header, and tells the contents of two files under one key apart.
const NONCE: usize = 16;
/// Marks the line of the header that carries the file's name. Tools that do not know it skip it, as
/// the format asks them to.
const NAME_TAG: &str = "buyerwatch/1/blob-name";

/// The content of one file.
pub(super) type Stream = age::stream::StreamReader<BufReader<File>>;

/// Opens every evidence file of the vault. Wiped when dropped.
#[derive(Clone)]
pub(super) struct Identity {
    secret: age::x25519::Identity,
    public: age::x25519::Recipient,
}

impl std::fmt::Debug for Identity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Identity(***)")
    }
}

impl Identity {
    pub(super) fn derive(key: &Key) -> Result<Self, VaultError> {
        // Every 32 bytes are a secret key, so that none of these steps fails.
        let impossible = || VaultError::Damaged(Part::Header);
        let kind = Hrp::parse("age-secret-key-").map_err(|_| impossible())?;
        let text = bech32::encode_upper::<Bech32>(kind, key.derive(Purpose::BlobIdentity).bytes())
            .map(Zeroizing::new)
            .map_err(|_| impossible())?;
        let secret: age::x25519::Identity = text.parse().map_err(|_| impossible())?;
        Ok(Self { public: secret.to_public(), secret })
    }

    /// The secret key as public tools read it.
    pub(super) fn secret(&self) -> SecretString {
        self.secret.to_string()
    }

    /// The beginning of a new file of that name, and what encrypts its content.
    pub(super) fn begin(&self, id: BlobId) -> Result<(Vec<u8>, Sealer), BlobError> {
        let name = Name { id, file_key: RefCell::default() };
        let recipients: [&dyn age::Recipient; 2] = [&self.public, &name];
        // Fails only for recipients that exclude one another.
        let impossible = || BlobError::File(ErrorKind::Other);
        let encryptor =
            Encryptor::with_recipients(recipients.into_iter()).map_err(|_| impossible())?;
        let mut start = encryptor.wrap_output(Vec::new())?.finish()?;
        // Without the seal of the content, which was empty here. It is thrown away unseen, so that
        // its nonce counts as unused.
        start.truncate(start.len().saturating_sub(TAG));
        let nonce = start.last_chunk().ok_or_else(impossible)?;
        let sealer = Sealer::new(&name.file_key.borrow(), nonce);
        Ok((start, sealer))
    }

    /// Opens a file that must have that name.
    pub(super) fn decrypt(&self, id: BlobId, mut file: File) -> Result<Stream, BlobError> {
        payload(&mut file)?;
        file.rewind()?;
        Ok(self.authenticate(id, file)?.0)
    }

    /// What decrypts the content of a file that must have that name; the file stands at its content.
    pub(super) fn sealer(&self, id: BlobId, file: &mut File) -> Result<Sealer, BlobError> {
        let start = u64::try_from(payload(file)?).unwrap_or(0);
        file.rewind()?;
        let (_, file_key) = self.authenticate(id, file.try_clone()?)?;
        let mut nonce = [0; NONCE];
        file.seek(SeekFrom::Start(start.saturating_sub(NONCE as u64)))?;
        file.read_exact(&mut nonce)?;
        Ok(Sealer::new(&file_key, &nonce))
    }

    fn authenticate(
        &self,
        id: BlobId,
        file: File,
    ) -> Result<(Stream, Zeroizing<[u8; FILE_KEY_BYTES]>), BlobError> {
        let file = BufReader::with_capacity(HEADER_LIMIT, file);
        let decryptor = age::Decryptor::new_buffered(file).map_err(damage)?;
        let named =
            Named { secret: &self.secret, name: Cell::new(None), file_key: RefCell::default() };
        let stream =
            decryptor.decrypt(std::iter::once(&named as &dyn age::Identity)).map_err(damage)?;
        // Only now is the header known to be authentic.
        if named.name.get() == Some(id) {
            Ok((stream, named.file_key.into_inner()))
        } else {
            Err(BlobError::Damaged(Damage::OtherContent))
        }
    }
}

/// Where the encrypted content of a file begins. Reads no further than a header may go: in a damaged
/// one no end may be in sight.
pub(super) fn payload(file: &mut File) -> Result<usize, BlobError> {
    let mut start = Vec::with_capacity(HEADER_LIMIT);
    file.take(HEADER_LIMIT as u64).read_to_end(&mut start)?;
    let mut rest = start.as_slice();
    match age::Decryptor::new_buffered(&mut rest).map_err(damage) {
        Ok(_) => Ok(start.len().saturating_sub(rest.len())),
        Err(_) if start.len() == HEADER_LIMIT => Err(BlobError::Damaged(Damage::Altered)),
        Err(error) => Err(error),
    }
}

fn damage(error: DecryptError) -> BlobError {
    match error {
        DecryptError::Io(error) if error.kind() == ErrorKind::UnexpectedEof => {
            BlobError::Damaged(Damage::Truncated)
        }
        DecryptError::Io(error) => error.into(),
        _ => BlobError::Damaged(Damage::Altered),
    }
}

/// Writes the name into the header, which is authenticated as a whole, and notes the key of the file.
struct Name {
    id: BlobId,
    file_key: RefCell<Zeroizing<[u8; FILE_KEY_BYTES]>>,
}

impl age::Recipient for Name {
    fn wrap_file_key(
        &self,
        file_key: &FileKey,
    ) -> Result<(Vec<Stanza>, HashSet<String>), EncryptError> {
        self.file_key.borrow_mut().copy_from_slice(file_key.expose_secret());
        let stanza =
            Stanza { tag: NAME_TAG.to_owned(), args: vec![self.id.to_string()], body: Vec::new() };
        Ok((vec![stanza], HashSet::new()))
    }
}

/// Opens the file, and notes which name it carries and the key of its content.
struct Named<'a> {
    secret: &'a age::x25519::Identity,
    name: Cell<Option<BlobId>>,
    file_key: RefCell<Zeroizing<[u8; FILE_KEY_BYTES]>>,
}

impl age::Identity for Named<'_> {
    fn unwrap_stanza(&self, stanza: &Stanza) -> Option<Result<FileKey, DecryptError>> {
        self.secret.unwrap_stanza(stanza)
    }

    fn unwrap_stanzas(&self, stanzas: &[Stanza]) -> Option<Result<FileKey, DecryptError>> {
        let name = stanzas.iter().find(|stanza| stanza.tag == NAME_TAG);
        self.name.set(name.and_then(|name| name.args.first()?.parse().ok()));
        let unwrapped = self.secret.unwrap_stanzas(stanzas);
        if let Some(Ok(file_key)) = &unwrapped {
            self.file_key.borrow_mut().copy_from_slice(file_key.expose_secret());
        }
        unwrapped
    }
}

/// Puts the secret key into a folder, under the recovery key: with it and any age program, evidence
/// can be read without this one.
pub(crate) fn hand_over(
    folder: &Folder,
    key: &Key,
    recovery: &RecoveryKey,
) -> Result<(), VaultError> {
    let identity = Identity::derive(key)?;
    let mut recipient = age::scrypt::Recipient::new(SecretString::from(recovery.to_string()));
    recipient.set_work_factor(SCRYPT_LOG_N);
    let encryptor = Encryptor::with_recipients(std::iter::once(&recipient as &dyn age::Recipient))
        .map_err(|_| VaultError::File(ErrorKind::Other))?;
    folder.blobs().make()?;
    let file = private().create(true).truncate(true).open(folder.identity())?;
    let mut sealed = encryptor.wrap_output(file)?;
    let secret = identity.secret();
    for part in [
        "# Opens the files in this folder: age -d -i identity.age\n# public key: ",
        &identity.public.to_string(),
        "\n",
        secret.expose_secret(),
        "\n",
    ] {
        sealed.write_all(part.as_bytes())?;
    }
    sealed.finish()?.sync_all()?;
    Ok(folder.blobs().sync()?)
}
