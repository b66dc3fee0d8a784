#include "app/cli/Passphrase.h"

#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>

namespace kamei::app::cli {

std::optional<base::Redacted> readPassphrase(bool fromInput) {
    constexpr std::size_t kLongest = 4096;
    std::string text;
    text.reserve(kLongest); // so that no copies stay behind while it grows
    if (fromInput) {
        std::setvbuf(stdin, nullptr, _IONBF, 0);
        for (int c = std::getc(stdin); c != EOF && c != '\n' && text.size() < kLongest;
             c = std::getc(stdin)) {
            text += static_cast<char>(c);
        }
        if (text.ends_with('\r')) {
            text.pop_back();
        }
    } else if (const char* const value = std::getenv("KAMEI_PASSPHRASE"); value != nullptr) {
        text.assign(value);
    }
    return text.empty() ? std::nullopt : std::optional(base::Redacted("passphrase", std::move(text)));
}

} // namespace kamei::app::cli
