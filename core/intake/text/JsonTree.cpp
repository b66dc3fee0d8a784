#include "core/intake/text/JsonTree.h"

#include <algorithm>

#include "core/intake/text/Escapes.h"

namespace kamei::intake::text {
namespace {

using base::ErrorCode;

constexpr std::string_view kPlace = "intake.text.json";

bool isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}
bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

} // namespace

/// Reads from front to back without recursion, so that nesting costs no stack.
class JsonParser {
public:
    explicit JsonParser(std::string_view text) : m_text(text) {}

    base::Expected<JsonTree> parse() {
        for (;;) {
            skipSpace();
            if (ended()) {
                return m_tree.m_nodes.empty() ? truncated() : base::Expected<JsonTree>(std::move(m_tree));
            }
            if (auto done = topValue(); !done) {
                return tl::unexpected(done.error());
            }
        }
    }

private:
    using Done = base::Expected<void>;
    using Type = JsonNode::Type;
    struct Open {
        std::uint32_t node = 0;
        std::uint32_t last = JsonNode::kNone; ///< child read last
    };

    [[nodiscard]] bool ended() const { return m_at >= m_text.size(); }
    [[nodiscard]] tl::unexpected<base::Error> malformed() const {
        return base::fail(ErrorCode::Malformed, kPlace, {std::to_string(m_at)});
    }
    [[nodiscard]] static tl::unexpected<base::Error> truncated() {
        return base::fail(ErrorCode::Truncated, kPlace);
    }
    [[nodiscard]] tl::unexpected<base::Error> wrong() const { return ended() ? truncated() : malformed(); }

    void skipSpace() {
        while (!ended() && isSpace(m_text[m_at])) {
            ++m_at;
        }
    }

    /// One value with all that is in it.
    Done topValue() {
        if (auto done = value(m_at, m_at); !done) {
            return done;
        }
        while (!m_open.empty()) {
            if (auto done = inside(); !done) {
                return done;
            }
        }
        return {};
    }

    /// What follows in the innermost open array or object: a value, or its end.
    Done inside() {
        const bool object = m_tree.m_nodes[m_open.back().node].type == Type::Object;
        skipSpace();
        if (ended()) {
            return truncated();
        }
        if (m_text[m_at] == (object ? '}' : ']')) {
            ++m_at;
            m_tree.m_nodes[m_open.back().node].end = static_cast<std::uint32_t>(m_at);
            m_open.pop_back();
            return {};
        }
        if (m_open.back().last != JsonNode::kNone) {
            if (m_text[m_at] != ',') {
                return malformed();
            }
            ++m_at;
            skipSpace();
        }
        const std::size_t begin = m_at;
        std::size_t keyEnd = m_at;
        if (object) {
            if (ended() || m_text[m_at] != '"') {
                return wrong();
            }
            if (auto done = string(); !done) {
                return done;
            }
            keyEnd = m_at;
            skipSpace();
            if (ended() || m_text[m_at] != ':') {
                return wrong();
            }
            ++m_at;
            skipSpace();
        }
        return value(begin, keyEnd);
    }

    /// Begins a value; of an array or object only the opening is read.
    Done value(std::size_t begin, std::size_t keyEnd) {
        if (ended()) {
            return truncated();
        }
        if (m_tree.m_nodes.size() >= kMaxJsonNodes) {
            return base::fail(ErrorCode::TooManyEntries, kPlace, {std::to_string(kMaxJsonNodes)});
        }
        const auto index = static_cast<std::uint32_t>(m_tree.m_nodes.size());
        JsonNode node;
        node.begin = static_cast<std::uint32_t>(begin);
        node.keyEnd = static_cast<std::uint32_t>(keyEnd);
        node.value = static_cast<std::uint32_t>(m_at);
        if (!m_open.empty()) {
            Open& parent = m_open.back();
            node.parent = parent.node;
            (parent.last == JsonNode::kNone ? m_tree.m_nodes[parent.node].firstChild
                                            : m_tree.m_nodes[parent.last].next) = index;
            parent.last = index;
        }
        const char first = m_text[m_at];
        if (first == '{' || first == '[') {
            if (m_open.size() >= kMaxJsonDepth) {
                return base::fail(ErrorCode::TooDeep, kPlace, {std::to_string(kMaxJsonDepth)});
            }
            node.type = first == '{' ? Type::Object : Type::Array;
            ++m_at;
            m_tree.m_nodes.push_back(node);
            m_open.push_back({index, JsonNode::kNone});
            return {};
        }
        node.type = first == '"'                     ? Type::String
                    : first == '-' || isDigit(first) ? Type::Number
                                                     : Type::Literal;
        auto done = node.type == Type::String ? string() : node.type == Type::Number ? number() : literal();
        node.end = static_cast<std::uint32_t>(m_at);
        m_tree.m_nodes.push_back(node);
        return done;
    }

    Done string() {
        for (++m_at; !ended(); ++m_at) {
            const char c = m_text[m_at];
            if (c == '"') {
                ++m_at;
                return {};
            }
            if (static_cast<unsigned char>(c) < 0x20) {
                return malformed();
            }
            if (c == '\\') {
                const Written escape = jsonEscapeAt(m_text, m_at);
                if (escape.length == 0) {
                    const std::size_t longest = 12; // a pair of surrogates
                    return m_at + longest > m_text.size() ? truncated() : malformed();
                }
                m_at += escape.length - 1;
            }
        }
        return truncated();
    }

    bool digits() {
        const std::size_t begin = m_at;
        while (!ended() && isDigit(m_text[m_at])) {
            ++m_at;
        }
        return m_at > begin;
    }

    Done number() {
        m_at += m_text[m_at] == '-' ? 1 : 0;
        const std::size_t begin = m_at;
        if (!digits()) {
            return wrong();
        }
        if (m_text[begin] == '0' && m_at - begin > 1) {
            return malformed();
        }
        if (!ended() && m_text[m_at] == '.') {
            ++m_at;
            if (!digits()) {
                return wrong();
            }
        }
        if (!ended() && (m_text[m_at] == 'e' || m_text[m_at] == 'E')) {
            ++m_at;
            m_at += !ended() && (m_text[m_at] == '+' || m_text[m_at] == '-') ? 1 : 0;
            if (!digits()) {
                return wrong();
            }
        }
        return {};
    }

    Done literal() {
        for (const std::string_view word : {"true", "false", "null"}) {
            const std::string_view rest = m_text.substr(m_at);
            if (rest.starts_with(word)) {
                m_at += word.size();
                return {};
            }
            if (!rest.empty() && word.starts_with(rest)) {
                return truncated();
            }
        }
        return malformed();
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    JsonTree m_tree;
    std::vector<Open> m_open;
};

base::Expected<JsonTree> JsonTree::parse(std::string_view utf8) {
    return JsonParser(utf8).parse();
}

std::string JsonTree::key(std::uint32_t node, std::string_view utf8) const {
    const JsonNode& n = m_nodes[node];
    if (n.keyEnd <= n.begin + 1) {
        return {};
    }
    return unescape(utf8.substr(n.begin + 1, n.keyEnd - n.begin - 2), Escaping::Json);
}

std::string JsonTree::content(std::uint32_t node, std::string_view utf8) const {
    const JsonNode& n = m_nodes[node];
    if (n.type != JsonNode::Type::String) {
        return std::string(utf8.substr(n.value, n.end - n.value));
    }
    return unescape(utf8.substr(n.value + 1, n.end - n.value - 2), Escaping::Json);
}

std::vector<std::uint32_t> JsonTree::members(std::uint32_t object, std::string_view name,
                                             std::string_view utf8) const {
    std::vector<std::uint32_t> out;
    if (m_nodes[object].type != JsonNode::Type::Object) {
        return out;
    }
    for (std::uint32_t i = m_nodes[object].firstChild; i != JsonNode::kNone; i = m_nodes[i].next) {
        const JsonNode& n = m_nodes[i];
        const std::string_view raw = utf8.substr(n.begin + 1, n.keyEnd - n.begin - 2);
        if (raw == name || (raw.find('\\') != std::string_view::npos && key(i, utf8) == name)) {
            out.push_back(i);
        }
    }
    return out;
}

std::string JsonTree::text(std::uint32_t object, std::string_view name, std::string_view utf8) const {
    for (const std::uint32_t node : members(object, name, utf8)) {
        if (m_nodes[node].type == JsonNode::Type::String) {
            return content(node, utf8);
        }
    }
    return {};
}

} // namespace kamei::intake::text
