// SPDX-License-Identifier: MIT
#include "host/sync/domains.hpp"

namespace host::sync {

extensions::Session& Domains::session(const std::string& domain) {
  if (domain.empty()) return common_;
  std::unique_ptr<Own>& own = sessions_[domain];
  if (own == nullptr) {
    own = std::make_unique<Own>();
    own->session.cancellation = common_.cancellation;
    own->session.secret = common_.secret;
    own->session.log = common_.log;
    own->session.progress = common_.progress;
    if (common_.key != nullptr) {
      std::string bytes(32, '\0');
      derive_key(*common_.key, "confiture/1|domain|" + domain,
                 {reinterpret_cast<unsigned char*>(bytes.data()), bytes.size()});
      own->key = Secret(std::move(bytes));
      own->session.key = &own->key;
    }
  }
  return own->session;
}

}  // namespace host::sync
