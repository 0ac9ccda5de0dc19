//! The scheme through which the window shows exhibits: carries requests to the use cases and answers
//! back, away from the thread of the window.

use buyerwatch_app::{
    Desk,
    media::{MediaRequest, MediaResponse, answer},
};
use tauri::{
    AppHandle, Manager as _, UriSchemeResponder,
    http::{Method, Request, Response, StatusCode},
};

/// Name of the scheme; `media:` in the content security policy of `tauri.conf.json`.
pub(crate) const SCHEME: &str = "media";

/// Answers one request.
pub(crate) fn respond(app: &AppHandle, request: &Request<Vec<u8>>, responder: UriSchemeResponder) {
    let desk = app.try_state::<Desk>().map(|desk| desk.inner().clone());
    let asked = asked(request);
    let head = request.method() == Method::HEAD;
    let page = page_origin();
    let (Some(desk), Some(asked)) = (desk, asked) else {
        responder.respond(refused(StatusCode::METHOD_NOT_ALLOWED));
        return;
    };
    tauri::async_runtime::spawn_blocking(move || {
        // Handed over within: until then nobody else makes an answer in its place.
        answer(&desk, &asked, |mut answer| {
            if head {
                answer.body.clear();
            }
            // The page reads parts of a film itself where its web view cannot play from a scheme.
            answer.headers.push(("Access-Control-Allow-Origin", page.to_owned()));
            responder.respond(carried(answer));
        });
    });
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
