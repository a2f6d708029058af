// SPDX-License-Identifier: MIT
#include "plugins/notify/transfer.hpp"

#include <curl/curl.h>

#include <cctype>
#include <memory>
#include <string_view>

namespace notify {
namespace {

constexpr int glance_ms = 50;

template <typename T, void (*Free)(T*)>
struct Freer {
  void operator()(T* thing) const { Free(thing); }
};
using Easy = std::unique_ptr<CURL, Freer<CURL, curl_easy_cleanup>>;
using List = std::unique_ptr<curl_slist, Freer<curl_slist, curl_slist_free_all>>;
using Url = std::unique_ptr<CURLU, Freer<CURLU, curl_url_cleanup>>;

List make_list(const std::vector<std::string>& items) {
  List list;
  for (const std::string& item : items) {
    curl_slist* grown = curl_slist_append(list.get(), item.c_str());
    if (grown == nullptr) throw std::bad_alloc();
    list.release();
    list.reset(grown);
  }
  return list;
}

Easy make_easy(std::chrono::milliseconds timeout, const std::string& ca_file) {
  static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (ready != CURLE_OK) throw confiture::Error("libcurl cannot be initialized");
  Easy easy(curl_easy_init());
  if (!easy) throw std::bad_alloc();
  CURL* handle = easy.get();
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle, CURLOPT_QUICK_EXIT, 1L);  // a slow name server holds nobody up
  curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(timeout.count()));
  if (!ca_file.empty()) curl_easy_setopt(handle, CURLOPT_CAINFO, ca_file.c_str());
  // What the other side says is not shown: it may repeat what was sent.
  curl_easy_setopt(
      handle, CURLOPT_WRITEFUNCTION,
      +[](char*, std::size_t size, std::size_t count, void*) -> std::size_t {
        return size * count;
      });
  return easy;
}

class Multi {
 public:
  explicit Multi(CURL* easy) : easy_(easy), multi_(curl_multi_init()) {
    if (multi_ == nullptr) throw std::bad_alloc();
    curl_multi_add_handle(multi_, easy_);
  }
  Multi(const Multi&) = delete;
  Multi& operator=(const Multi&) = delete;
  ~Multi() {
    curl_multi_remove_handle(multi_, easy_);
    curl_multi_cleanup(multi_);
  }

  CURLcode perform(const confiture::Call& call) {
    for (int running = 1;;) {
      if (curl_multi_perform(multi_, &running) != CURLM_OK) return CURLE_FAILED_INIT;
      int left = 0;
      if (const CURLMsg* message = curl_multi_info_read(multi_, &left)) return message->data.result;
      call.stop_if_cancelled();
      curl_multi_poll(multi_, nullptr, 0, glance_ms, nullptr);
    }
  }

 private:
  CURL* easy_;
  CURLM* multi_;
};

std::string reason(CURLcode code) {
  std::string text = curl_easy_strerror(code);
  // "Timeout was reached", but "SSL connect error".
  const auto is_upper = [&](std::size_t at) {
    return at < text.size() && std::isupper(static_cast<unsigned char>(text[at])) != 0;
  };
  if (is_upper(0) && !is_upper(1))
    text[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(text[0])));
  return text;
}

bool is_lasting(CURLcode code) {
  switch (code) {
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_URL_MALFORMAT:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_USE_SSL_FAILED:
    case CURLE_LOGIN_DENIED:
    case CURLE_FAILED_INIT:
      return true;
    default:
      return false;
  }
}

Answer failed(CURLcode code) {
  Answer answer;
  answer.kind = is_lasting(code) ? Answer::Kind::refused : Answer::Kind::try_again;
  answer.why = reason(code);
  if (code == CURLE_PEER_FAILED_VERIFICATION)
    answer.hint = "name the authority that signed its certificate in `ca_file`";
  return answer;
}

long response_code(CURL* easy) {
  long code = 0;
  curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &code);
  return code;
}

std::string part_of(CURLU* url, CURLUPart part) {
  char* text = nullptr;
  if (curl_url_get(url, part, &text, 0) != CURLUE_OK) return {};
  std::string copy(text);
  curl_free(text);
  return copy;
}

struct Unsent {
  std::string_view rest;
};

std::size_t read_mail(char* buffer, std::size_t size, std::size_t count, void* data) {
  auto& unsent = *static_cast<Unsent*>(data);
  const std::size_t taken = unsent.rest.copy(buffer, size * count);
  unsent.rest.remove_prefix(taken);
  return taken;
}

}  // namespace

std::string origin_of(const std::string& url, const std::string& what) {
  const Url parsed(curl_url());
  if (!parsed) throw std::bad_alloc();
  if (curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK)
    throw confiture::BadConfig("`" + what + "` is not a URL", "https://example.com/hook");
  const std::string scheme = part_of(parsed.get(), CURLUPART_SCHEME);
  if (scheme != "https" && scheme != "http")
    throw confiture::BadConfig("`" + what + "` is neither an https nor an http URL");
  const std::string port = part_of(parsed.get(), CURLUPART_PORT);
  return scheme + "://" + part_of(parsed.get(), CURLUPART_HOST) + (port.empty() ? "" : ":" + port);
}

Answer post(const HttpRequest& request, const confiture::Call& call) {
  const Easy easy = make_easy(request.timeout, request.ca_file);
  CURL* handle = easy.get();
  const List headers = make_list(request.headers);
  curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(handle, CURLOPT_URL, request.url.c_str());
  curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(handle, CURLOPT_USERAGENT, "confiture");
  curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE,
                   static_cast<curl_off_t>(request.body.size()));
  curl_easy_setopt(handle, CURLOPT_POSTFIELDS, request.body.c_str());
  const CURLcode code = Multi(handle).perform(call);
  if (code != CURLE_OK) return failed(code);
  const long status = response_code(handle);
  if (status >= 200 && status < 300) return {};
  Answer answer;
  answer.kind = status >= 500 || status == 408 || status == 429 ? Answer::Kind::try_again
                                                                : Answer::Kind::refused;
  answer.why = "it answered with status " + std::to_string(status);
  if (status >= 300 && status < 400) {
    answer.why += ", a redirect, which is not followed";
    answer.hint = "give the URL that it redirects to";
  }
  return answer;
}

Answer send(const Mail& mail, const confiture::Call& call) {
  const Easy easy = make_easy(mail.timeout, mail.ca_file);
  CURL* handle = easy.get();
  const List recipients = make_list(mail.to);
  Unsent unsent{mail.text};
  curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "smtp");
  curl_easy_setopt(handle, CURLOPT_URL, ("smtp://" + mail.server + "/confiture").c_str());
  curl_easy_setopt(handle, CURLOPT_USE_SSL,
                   static_cast<long>(mail.tls == Tls::required        ? CURLUSESSL_ALL
                                     : mail.tls == Tls::opportunistic ? CURLUSESSL_TRY
                                                                      : CURLUSESSL_NONE));
  if (!mail.user.empty()) {
    curl_easy_setopt(handle, CURLOPT_USERNAME, mail.user.c_str());
    curl_easy_setopt(handle, CURLOPT_PASSWORD, mail.password.c_str());
  }
  curl_easy_setopt(handle, CURLOPT_MAIL_FROM, mail.from.c_str());
  curl_easy_setopt(handle, CURLOPT_MAIL_RCPT, recipients.get());
  curl_easy_setopt(handle, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(handle, CURLOPT_READFUNCTION, read_mail);
  curl_easy_setopt(handle, CURLOPT_READDATA, &unsent);
  const CURLcode code = Multi(handle).perform(call);
  if (code == CURLE_OK) return {};
  Answer answer = failed(code);
  const long status = response_code(handle);
  if (code == CURLE_USE_SSL_FAILED) {
    answer.why = "it does not offer STARTTLS, and the mail was not sent";
    answer.hint = "set `tls: opportunistic` only where the way to the server is trusted";
  } else if (status >= 400) {
    answer.why += " (it answered with " + std::to_string(status) + ")";
    if (status >= 500) answer.kind = Answer::Kind::refused;
  }
  return answer;
}

}  // namespace notify
