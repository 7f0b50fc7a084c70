//! Somebody at the pages without a browser: asks, keeps cookies, and follows redirects one by one.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use reqwest::header::{ACCEPT, CONTENT_TYPE, COOKIE};
use reqwest::{Client, Method, RequestBuilder};
use tests::surfer::plain;
use tests::{Answer, Person, Server};

/// Somebody with cookies.
pub struct Reader {
    url: String,
    client: Client,
    cookies: Mutex<BTreeMap<String, String>>,
}

impl Reader {
    /// Nobody yet.
    pub fn stranger(server: &Server) -> Self {
        let client = Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none());
        let client = client.build().expect("an HTTP client");
        Self { url: server.url.clone(), client, cookies: Mutex::default() }
    }

    /// Somebody who signed in.
    pub fn of(server: &Server, person: &Person) -> Self {
        let reader = Self::stranger(server);
        reader.keeps("roster_session", person.token());
        reader
    }

    /// The same person at another server.
    pub fn at(&self, server: &Server) -> Self {
        let cookies = self.cookies.lock().unwrap_or_else(PoisonError::into_inner).clone();
        Self { url: server.url.clone(), client: self.client.clone(), cookies: Mutex::new(cookies) }
    }

    /// Has this cookie from now on.
    pub fn keeps(&self, name: &str, value: &str) {
        self.cookies.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned(), value.to_owned());
    }

    /// A cookie they have.
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.lock().unwrap_or_else(PoisonError::into_inner).get(name).cloned()
    }

    /// A request with their cookies, to be changed before it is sent.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let cookies = self.cookies.lock().unwrap_or_else(PoisonError::into_inner);
        let line = cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ");
        drop(cookies);
        let request = self.client.request(method, format!("{}{path}", self.url));
        if line.is_empty() { request } else { request.header(COOKIE, line) }
    }

    /// A form, filled in.
    pub fn form(&self, path: &str, fields: &[(&str, &str)]) -> RequestBuilder {
        let body = fields.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value)));
        let body = body.collect::<Vec<_>>().join("&");
        self.request(Method::POST, path).header(CONTENT_TYPE, "application/x-www-form-urlencoded").body(body)
    }

    /// What is answered; cookies are kept and given up as it says.
    pub async fn sends(&self, request: RequestBuilder) -> Answer {
        let request = request.build().expect("a request");
        let call = format!("{} {}", request.method(), request.url());
        let response = self.client.execute(request).await;
        let response = response.unwrap_or_else(|error| panic!("{call} got no answer: {error}"));
        let answer = Answer::read(call, response).await.expect("a whole answer");
        let mut cookies = self.cookies.lock().unwrap_or_else(PoisonError::into_inner);
        for set in set_cookies(&answer) {
            let (pair, rest) = set.split_once(';').unwrap_or((&set, ""));
            let (name, value) = pair.split_once('=').expect("a cookie has a name");
            if rest.contains("Max-Age=0") {
                cookies.remove(name);
            } else {
                cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        drop(cookies);
        answer
    }

    /// Opens an address.
    pub async fn opens(&self, path: &str) -> Answer {
        self.sends(self.request(Method::GET, path)).await
    }

    /// Posts a form.
    pub async fn posts(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.sends(self.form(path, fields)).await
    }

    /// Posts a form as the script does.
    pub async fn posts_by_script(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.sends(self.form(path, fields).header(ACCEPT, "application/json")).await
    }

    /// Goes on from a redirect until there is a page: the addresses on the way, and the page.
    pub async fn follows(&self, mut answer: Answer) -> (Vec<String>, Answer) {
        let mut way = Vec::new();
        while answer.status.is_redirection() {
            let to = location(&answer);
            assert!(to.starts_with('/') && !to.starts_with("//"), "{to} is no place here: {answer:#?}");
            assert!(way.len() < 5, "round and round: {way:?}");
            way.push(to.clone());
            answer = self.opens(&to).await;
        }
        (way, answer)
    }

    /// Opens an address and goes on until there is a page.
    pub async fn arrives(&self, path: &str) -> (Vec<String>, Answer) {
        let answer = self.opens(path).await;
        self.follows(answer).await
    }
}

/// All cookies that an answer sets.
pub fn set_cookies(answer: &Answer) -> Vec<String> {
    let all = answer.headers.get_all("set-cookie").iter();
    all.map(|value| value.to_str().expect("a cookie is text").to_owned()).collect()
}

/// The one `Set-Cookie` with this name.
#[track_caller]
pub fn set_cookie(answer: &Answer, name: &str) -> String {
    let start = format!("{name}=");
    let all: Vec<_> = set_cookies(answer).into_iter().filter(|set| set.starts_with(&start)).collect();
    assert_eq!(all.len(), 1, "{name} is set once in {answer:#?}");
    all[0].clone()
}

/// Where an answer sends its reader.
#[track_caller]
pub fn location(answer: &Answer) -> String {
    answer.header("location").unwrap_or_else(|| panic!("it leads nowhere: {answer:#?}")).to_owned()
}

/// The notice at the top of a page, as people read it.
pub fn notice(page: &Answer) -> Option<String> {
    let (_, rest) = page.raw.split_once("<p class=\"notice\" role=\"status\">")?;
    rest.split_once("</p>").map(|(notice, _)| plain(notice))
}

/// Text as a form or a query has it.
pub fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => char::from(byte).to_string(),
            byte => format!("%{byte:02X}"),
        })
        .collect()
}
