#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/Error.h"

namespace kamei::intake::text {

/// Deepest nesting of arrays and objects that is read.
inline constexpr std::size_t kMaxJsonDepth = 256;
/// Most values a JSON document may have.
inline constexpr std::size_t kMaxJsonNodes = 20'000'000;

/// A value of a JSON document by its place: bytes of the decoded text. Numbers and strings stay as written.
struct JsonNode {
    enum class Type : std::uint8_t { Object, Array, String, Number, Literal };
    static constexpr std::uint32_t kNone = UINT32_MAX;

    Type type = Type::Literal;
    std::uint32_t begin = 0;  ///< of the member with its name; without one that of the value
    std::uint32_t keyEnd = 0; ///< behind the closing quote of the name; equals begin where there is none
    std::uint32_t value = 0;
    std::uint32_t end = 0;
    std::uint32_t parent = kNone;
    std::uint32_t firstChild = kNone;
    std::uint32_t next = kNone; ///< the parent's next child
};

/// JSON with the place of every value; several values in a row as in newline-delimited JSON. Read by own code
/// because nlohmann-json gives no byte ranges and keeps the last of members with the same name: here every
/// one is a node.
class JsonTree {
public:
    /// Strictly RFC 8259. TooDeep above kMaxJsonDepth, TooManyEntries, Truncated, Malformed (args: byte),
    /// also for a surrogate without its partner, which no text can hold.
    [[nodiscard]] static base::Expected<JsonTree> parse(std::string_view utf8);

    [[nodiscard]] const std::vector<JsonNode>& nodes() const { return m_nodes; }
    [[nodiscard]] const JsonNode& at(std::uint32_t node) const { return m_nodes[node]; }
    /// Name of a member, escapes resolved; empty for other values. `utf8` is what was parsed.
    [[nodiscard]] std::string key(std::uint32_t node, std::string_view utf8) const;
    /// A string's content, escapes resolved; what other values look like.
    [[nodiscard]] std::string content(std::uint32_t node, std::string_view utf8) const;
    /// Every member of this name: names may repeat.
    [[nodiscard]] std::vector<std::uint32_t> members(std::uint32_t object, std::string_view name,
                                                     std::string_view utf8) const;
    /// Content of the first string member of this name; empty without one.
    [[nodiscard]] std::string text(std::uint32_t object, std::string_view name, std::string_view utf8) const;

private:
    friend class JsonParser;
    std::vector<JsonNode> m_nodes;
};

} // namespace kamei::intake::text
