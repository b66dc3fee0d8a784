#include "core/transform/text/Reference.h"

#include <algorithm>

namespace kamei::transform::text {
namespace {

/// A UUID of version 4 (RFC 4122 4.4) whose other digits are letters: no number known of a person can stand
/// in one by chance, see pseudonym::Key::uid.
std::string uuidOf(std::string_view id, const pseudonym::Key& key) {
    static constexpr std::string_view kShape = "xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx";
    static constexpr std::string_view kLetters = "abcdef";
    std::string lower(id);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; });
    const auto seed = key.seed({"fhir-id", lower});
    std::string out;
    std::size_t next = 0;
    for (const char c : kShape) {
        if (c == 'x') {
            out.push_back(kLetters[seed[next++] % kLetters.size()]);
        } else if (c == 'y') {
            out.push_back(seed[next++] % 2 == 0 ? 'a' : 'b');
        } else {
            out.push_back(c);
        }
    }
    return out;
}

std::string serverOf(std::string_view base, const pseudonym::Key& key) {
    std::string token = key.token("fhir-server", base, "server");
    std::transform(token.begin(), token.end(), token.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; });
    return "http://" + token + ".invalid/";
}

bool isName(std::string_view text) {
    return !text.empty() && text.front() >= 'A' && text.front() <= 'Z' &&
           std::all_of(text.begin(), text.end(),
                       [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); });
}

/// ".../Type/id": the type with its slash, or nothing; `text` becomes what stands before it.
std::string takeType(std::string_view& text) {
    if (!text.ends_with('/')) {
        return {};
    }
    const std::string_view path = text.substr(0, text.size() - 1);
    const std::size_t begin = path.rfind('/') == std::string_view::npos ? 0 : path.rfind('/') + 1;
    const std::string_view type = path.substr(begin);
    if (!isName(type)) {
        return {};
    }
    text = text.substr(0, begin);
    return std::string(type) + '/';
}

} // namespace

std::string newReference(std::string_view text, const pseudonym::Key& key) {
    if (text == "#") {
        return "#"; // the resource around it
    }
    if (text.starts_with('#')) {
        return '#' + uuidOf(text.substr(1), key);
    }
    constexpr std::string_view kUuid = "urn:uuid:";
    if (text.starts_with(kUuid)) {
        return std::string(kUuid) + uuidOf(text.substr(kUuid.size()), key);
    }
    constexpr std::string_view kOid = "urn:oid:";
    if (text.starts_with(kOid)) {
        return std::string(kOid) + key.uid(text.substr(kOid.size()));
    }
    std::string history;
    constexpr std::string_view kHistory = "/_history/";
    if (const std::size_t at = text.find(kHistory); at != std::string_view::npos) {
        history = std::string(kHistory) + uuidOf(text.substr(at + kHistory.size()), key);
        text = text.substr(0, at);
    }
    const std::size_t slash = text.rfind('/');
    if (slash == std::string_view::npos) {
        return uuidOf(text, key) + history;
    }
    std::string_view before = text.substr(0, slash + 1);
    const std::string type = takeType(before);
    const std::string server = before.empty() ? std::string() : serverOf(before, key);
    return server + type + uuidOf(text.substr(slash + 1), key) + history;
}

} // namespace kamei::transform::text
