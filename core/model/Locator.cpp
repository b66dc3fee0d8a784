#include "core/model/Locator.h"

#include <array>
#include <charconv>
#include <optional>
#include <utility>

namespace kamei::model {
namespace {

constexpr std::array<std::pair<Locator::Kind, std::string_view>, 8> kKinds{{
    {Locator::Kind::Asset, "asset"},
    {Locator::Kind::Attribute, "attribute"},
    {Locator::Kind::Text, "text"},
    {Locator::Kind::Cell, "cell"},
    {Locator::Kind::Column, "column"},
    {Locator::Kind::Pixels, "pixels"},
    {Locator::Kind::Metadata, "metadata"},
    {Locator::Kind::FileName, "file-name"},
}};

/// Reads numbers with single-character separators off the front of a text.
struct Scanner {
    std::string_view rest;
    bool ok = true;

    template <class Number> Number number() {
        Number value{};
        const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), value);
        if (error != std::errc{}) {
            ok = false;
            return value;
        }
        rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
        return value;
    }
    void expect(char c) {
        if (rest.empty() || rest.front() != c) {
            ok = false;
            return;
        }
        rest.remove_prefix(1);
    }
};

void readBody(Locator& out, Scanner& in) {
    switch (out.kind) {
    case Locator::Kind::Asset:
        break;
    case Locator::Kind::Attribute:
    case Locator::Kind::Metadata:
    case Locator::Kind::FileName:
        out.path = std::string(in.rest);
        in.rest = {};
        break;
    case Locator::Kind::Cell:
        out.row = in.number<std::int64_t>();
        in.expect(',');
        out.column = in.number<std::int32_t>();
        in.expect(':');
        out.start = in.number<std::int64_t>();
        in.expect('-');
        out.end = in.number<std::int64_t>();
        break;
    case Locator::Kind::Text:
        out.start = in.number<std::int64_t>();
        in.expect('-');
        out.end = in.number<std::int64_t>();
        in.expect(':');
        out.path = std::string(in.rest);
        in.rest = {};
        break;
    case Locator::Kind::Column:
        out.column = in.number<std::int32_t>();
        break;
    case Locator::Kind::Pixels:
        out.rect.x = in.number<std::int32_t>();
        in.expect(',');
        out.rect.y = in.number<std::int32_t>();
        in.expect(',');
        out.rect.width = in.number<std::int32_t>();
        in.expect(',');
        out.rect.height = in.number<std::int32_t>();
        in.expect(':');
        out.frames.first = in.number<std::int32_t>();
        in.expect('-');
        out.frames.last = in.number<std::int32_t>();
        break;
    }
    in.ok = in.ok && in.rest.empty();
}

} // namespace

std::string toText(const Locator& locator) {
    std::string out;
    for (const auto& [kind, name] : kKinds) {
        if (kind == locator.kind) {
            out = name;
        }
    }
    out += ':';
    const auto range = [&] { return std::to_string(locator.start) + '-' + std::to_string(locator.end); };
    switch (locator.kind) {
    case Locator::Kind::Asset:
        break;
    case Locator::Kind::Attribute:
    case Locator::Kind::Metadata:
    case Locator::Kind::FileName:
        out += locator.path;
        break;
    case Locator::Kind::Text:
        out += range() + ':' + locator.path;
        break;
    case Locator::Kind::Cell:
        out += std::to_string(locator.row) + ',' + std::to_string(locator.column) + ':' + range();
        break;
    case Locator::Kind::Column:
        out += std::to_string(locator.column);
        break;
    case Locator::Kind::Pixels:
        out += std::to_string(locator.rect.x) + ',' + std::to_string(locator.rect.y) + ',' +
               std::to_string(locator.rect.width) + ',' + std::to_string(locator.rect.height) + ':' +
               std::to_string(locator.frames.first) + '-' + std::to_string(locator.frames.last);
        break;
    }
    return out;
}

base::Expected<Locator> locatorFromText(std::string_view text) {
    const std::size_t colon = text.find(':');
    std::optional<Locator::Kind> kind;
    for (const auto& [value, name] : kKinds) {
        if (name == text.substr(0, colon)) {
            kind = value;
        }
    }
    if (!kind || colon == std::string_view::npos) {
        return base::fail(base::ErrorCode::Malformed, "model.locator");
    }
    Locator out;
    out.kind = *kind;
    Scanner in{text.substr(colon + 1)};
    readBody(out, in);
    if (!in.ok) {
        return base::fail(base::ErrorCode::Malformed, "model.locator");
    }
    return out;
}

} // namespace kamei::model
