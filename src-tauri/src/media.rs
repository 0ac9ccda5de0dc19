//! The scheme through which the window shows exhibits: carries requests to the use cases and answers
//! back, away from the thread of the window.

use buyerwatch_app::{
    Desk,
    media::{MediaRequest, MediaResponse, answer},
};
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{self, Receiver, Sender},
    },
    thread,
};
use tauri::{
    AppHandle, Manager as _, UriSchemeResponder,
    http::{Method, Request, Response, StatusCode},
};

/// Name of the scheme; `media:` in the content security policy of `tauri.conf.json`.
pub(crate) const SCHEME: &str = "media";

/// Threads that answer with what is stored as it is. Each that ever did keeps some memory to itself.
const PARTS: usize = 4;
/// Threads that draw pages: one is drawn at a time.
const PAGES: usize = 1;

type Job = Box<dyn FnOnce() + Send>;

/// The few threads that answer, however many requests there are. Pages have their own, since they take
/// long and nothing else is to wait for them.
pub(crate) struct Lanes {
    parts: Sender<Job>,
    pages: Sender<Job>,
}

impl Lanes {
    /// Starts the threads, which end with the program.
    pub(crate) fn start() -> Self {
        Self { parts: lane("media", PARTS), pages: lane("pages", PAGES) }
    }

    fn push(&self, asked: &MediaRequest, job: Job) {
        let lane = if asked.is_page() { &self.pages } else { &self.parts };
        // Without threads there is no answer; a program that can start none has said so long before.
        let _ = lane.send(job);
    }
}

fn lane(name: &str, threads: usize) -> Sender<Job> {
    let (jobs, to_do) = mpsc::channel::<Job>();
    let to_do = Arc::new(Mutex::new(to_do));
    for _ in 0..threads {
        let to_do = Arc::clone(&to_do);
        let work = move || {
            while let Some(job) = next(&to_do) {
                // A thread that is lost would be missing from then on.
                let _ = catch_unwind(AssertUnwindSafe(job));
            }
        };
        let _ = thread::Builder::new().name(name.to_owned()).spawn(work);
    }
    jobs
}

fn next(to_do: &Mutex<Receiver<Job>>) -> Option<Job> {
    to_do.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}

/// Answers one request.
pub(crate) fn respond(app: &AppHandle, request: &Request<Vec<u8>>, responder: UriSchemeResponder) {
    let desk = app.try_state::<Desk>().map(|desk| desk.inner().clone());
    let asked = asked(request);
    let head = request.method() == Method::HEAD;
    let page = page_origin();
    let lanes = app.try_state::<Lanes>();
    let (Some(desk), Some(asked), Some(lanes)) = (desk, asked, lanes) else {
        responder.respond(refused(StatusCode::METHOD_NOT_ALLOWED));
        return;
    };
    let job = {
        let asked = asked.clone();
        move || {
            // Handed over within: until then nobody else makes an answer in its place.
            answer(&desk, &asked, |mut answer| {
                if head {
                    answer.body.clear();
                }
                // The page reads parts of a film itself where its web view cannot play from a scheme.
                answer.headers.push(("Access-Control-Allow-Origin", page.to_owned()));
                responder.respond(carried(answer));
            });
        }
    };
    lanes.push(&asked, Box::new(job));
}

/// Where the page of the window comes from, as its web view writes it.
fn page_origin() -> &'static str {
    if tauri::is_dev() {
        "http://localhost:1420"
    } else if cfg!(windows) {
        "http://tauri.localhost"
    } else {
        "tauri://localhost"
    }
}

fn asked(request: &Request<Vec<u8>>) -> Option<MediaRequest> {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return None;
    }
    let range = request.headers().get("range").and_then(|value| value.to_str().ok());
    Some(MediaRequest {
        path: request.uri().path().to_owned(),
        query: request.uri().query().map(str::to_owned),
        range: range.map(str::to_owned),
    })
}

fn carried(answer: MediaResponse) -> Response<Vec<u8>> {
    let headers = answer.headers.iter();
    let response = Response::builder().status(answer.status);
    headers
        .fold(response, |response, (name, value)| response.header(*name, value))
        .body(answer.body)
        .unwrap_or_else(|_| refused(StatusCode::INTERNAL_SERVER_ERROR))
}

fn refused(status: StatusCode) -> Response<Vec<u8>> {
    let mut response = Response::new(Vec::new());
    *response.status_mut() = status;
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_keep_nothing_waiting_and_a_panic_loses_no_thread() {
        let lanes = Lanes::start();
        let of = |path: &str| MediaRequest { path: path.to_owned(), ..MediaRequest::default() };
        let (page, part) = (of("/token/page/1/2"), of("/token/exhibit/1"));
        let (release, held) = mpsc::channel::<()>();
        let (done, told) = mpsc::channel();
        lanes.push(&page, Box::new(move || held.recv().unwrap()));
        let last = done.clone();
        lanes.push(&page, Box::new(move || last.send("page").unwrap()));
        for _ in 0..2 * PARTS {
            lanes.push(&part, Box::new(|| std::panic::resume_unwind(Box::new("on purpose"))));
        }
        lanes.push(&part, Box::new(move || done.send("part").unwrap()));
        assert_eq!(told.recv(), Ok("part"));
        release.send(()).unwrap();
        assert_eq!(told.recv(), Ok("page"));
    }

    #[test]
    fn requests_and_answers_are_carried_whole() {
        let request = Request::builder()
            .uri("media://localhost/token/page/1/2?px=800")
            .header("Range", "bytes=0-9")
            .body(Vec::new())
            .unwrap();
        let expected = MediaRequest {
            path: "/token/page/1/2".to_owned(),
            query: Some("px=800".to_owned()),
            range: Some("bytes=0-9".to_owned()),
        };
        assert_eq!(asked(&request), Some(expected));
        let post = Request::builder().method("POST").uri("media://localhost/").body(Vec::new());
        assert_eq!(asked(&post.unwrap()), None);
        let answer = MediaResponse {
            status: 206,
            headers: vec![("Content-Range", "bytes 0-1/4".to_owned())],
            body: vec![1, 2],
        };
        let response = carried(answer);
        assert_eq!(response.status(), 206);
        assert_eq!(response.headers()["content-range"], "bytes 0-1/4");
        assert_eq!(response.body(), &[1, 2]);
        let bad = vec![("X", "\n".to_owned())];
        let bad = MediaResponse { status: 200, headers: bad, body: Vec::new() };
        assert_eq!(carried(bad).status(), 500);
    }
}
