//! What the browser keeps for the host it is on, `HttpOnly` cookies included.

use fantoccini::cookies::Cookie;
use serde_json::json;

use crate::browser::Browser;

impl Browser {
    /// All cookies that the current page would be asked with.
    pub async fn cookies(&self) -> Vec<Cookie<'static>> {
        let cookies = self.client.get_all_cookies().await;
        self.must("tell its cookies", cookies).await
    }

    /// One of them.
    pub async fn cookie(&self, name: &str) -> Option<Cookie<'static>> {
        self.cookies().await.into_iter().find(|cookie| cookie.name() == name)
    }

    /// Keeps a cookie of this session for the current host: `("name", "value")`, or one with more attributes.
    pub async fn set_cookie(&self, cookie: impl Into<Cookie<'static>>) {
        let cookie = cookie.into();
        // fantoccini would write a domain of null, which chromedriver refuses.
        let mut told = json!({
            "name": cookie.name(),
            "value": cookie.value(),
            "path": cookie.path().unwrap_or("/"),
            "httpOnly": cookie.http_only().unwrap_or(false),
            "secure": cookie.secure().unwrap_or(false),
            "sameSite": cookie.same_site().map_or("Lax".to_owned(), |same| same.to_string()),
        });
        if let Some(domain) = cookie.domain() {
            told["domain"] = domain.into();
        }
        let kept = self.tells("cookie", json!({ "cookie": told })).await;
        self.must(&format!("keep {cookie}"), kept).await;
    }

    /// Forgets all cookies of the current host.
    pub async fn delete_cookies(&self) {
        let forgotten = self.client.delete_all_cookies().await;
        self.must("forget cookies", forgotten).await;
    }
}
