#include <algorithm>

#include "core/intake/encoding/Unicode.h"
#include "core/intake/text/FhirPeople.h"
#include "core/intake/text/FhirRoles.h"
#include "core/intake/text/MessageSegments.h"

namespace kamei::intake::text {
namespace {

using base::ErrorCode;
using Type = JsonNode::Type;

constexpr std::string_view kPlace = "intake.text.fhir";
constexpr std::size_t kMaxPathBytes = 4096;

class Reader {
public:
    Reader(std::string_view text, const JsonTree& tree)
        : m_text(text), m_tree(tree), m_roles(text, tree), m_people(text, tree) {
        // A file that writes everything beyond ASCII as \uXXXX stays such a file.
        m_out.spelling.asciiOnly = std::all_of(text.begin(), text.end(),
                                               [](char c) { return static_cast<unsigned char>(c) < 0x80; }) &&
                                   text.find("\\u") != std::string_view::npos;
    }

    base::Expected<MessageParts> read() {
        for (std::uint32_t i = 0; i < m_tree.nodes().size(); ++i) {
            if (m_tree.at(i).parent != JsonNode::kNone) {
                continue;
            }
            if (auto done = root(i); !done) {
                return tl::unexpected(done.error());
            }
        }
        m_out.people = m_people.take();
        return std::move(m_out);
    }

private:
    using Done = base::Expected<void>;
    using Around = FhirRoles::Around;
    struct State {
        Around around;
        std::string type; ///< what around.resource looks at
        std::int32_t person = -1;
        bool nested = false; ///< in an extension
    };

    Done root(std::uint32_t node) {
        const JsonNode& value = m_tree.at(node);
        if (value.type == Type::Array) { // several resources, as some exports write them
            for (std::uint32_t i = value.firstChild; i != JsonNode::kNone; i = m_tree.at(i).next) {
                if (auto done = root(i); !done) {
                    return done;
                }
            }
            return {};
        }
        const bool known =
            value.type == Type::Object && isFhirResource(m_tree.text(node, "resourceType", m_text));
        if (!known) {
            return base::fail(ErrorCode::UnsupportedFormat, kPlace, {"resourceType"});
        }
        return object(node, {}, {});
    }

    std::int64_t pointOf(std::size_t byte) {
        m_point += encoding::countCodePoints(m_text.substr(m_counted, byte - m_counted));
        m_counted = byte;
        return m_point;
    }

    Done add(std::uint32_t node, std::size_t begin, std::size_t end, std::string path, std::string_view role,
             Escaping escaping, const State& state) {
        if (end <= begin) {
            return {};
        }
        if (m_out.segments.size() >= kMaxMessageSegments) {
            return base::fail(ErrorCode::TooManyEntries, kPlace, {std::to_string(kMaxMessageSegments)});
        }
        Segment segment;
        segment.start = pointOf(begin);
        segment.end = pointOf(end);
        segment.path = std::move(path);
        segment.role = role;
        segment.escaping = escaping;
        segment.person = state.person;
        segment.node = node;
        m_out.segments.push_back(std::move(segment));
        return {};
    }

    /// A value that goes or stays as a whole.
    Done whole(std::uint32_t node, std::string path, std::string_view role, const State& state) {
        const JsonNode& value = m_tree.at(node);
        return add(node, value.value, value.end, std::move(path), role, Escaping::JsonValue, state);
    }

    Done object(std::uint32_t node, std::string path, State state) {
        const auto types = m_tree.members(node, "resourceType", m_text);
        if (!types.empty()) {
            state.type = m_tree.text(node, "resourceType", m_text);
            const bool clear = std::all_of(types.begin(), types.end(), [&](std::uint32_t type) {
                return m_tree.content(type, m_text) == state.type && m_tree.at(type).type == Type::String;
            });
            if (!clear) {
                return base::fail(ErrorCode::Malformed, kPlace, {"resourceType"});
            }
            if (!isFhirResource(state.type)) {
                return whole(node, std::move(path), "local", state);
            }
            state.around.resource = state.type;
            state.around.actor = fhirActor(state.type);
            state.around.extension = {};
            state.nested = false;
            if (const std::int32_t person = m_people.of(node); person >= 0 || state.type != "Bundle") {
                state.person = person >= 0 ? person : state.person;
            }
            path += (path.empty() ? "" : ".") + state.type;
        }
        for (std::uint32_t i = m_tree.at(node).firstChild; i != JsonNode::kNone; i = m_tree.at(i).next) {
            State inner = state;
            inner.around.resource = inner.type;
            inner.around.resourceLevel = !types.empty();
            const std::string name = m_tree.key(i, m_text);
            const std::string at = path + '.' + name;
            if (at.size() > kMaxPathBytes) {
                return base::fail(ErrorCode::TooDeep, kPlace, {std::to_string(kMaxPathBytes)});
            }
            if (!isFhirElement(name)) {
                if (auto done = whole(i, path + ".(other)", "local", inner); !done) {
                    return done;
                }
                continue;
            }
            if (auto done = value(i, name, node, at, inner); !done) {
                return done;
            }
        }
        return {};
    }

    static bool isExtension(std::string_view name) {
        return name == "extension" || name == "modifierExtension";
    }

    /// Another person or organisation inside the resource (Patient.contact, Organization.contact).
    static void enter(std::string_view name, State& state) {
        if (name == "contact" && state.type == "Patient") {
            state.around.actor = FhirActor::Family;
        } else if (name == "contact" && state.around.actor == FhirActor::Facility) {
            state.around.actor = FhirActor::Clinician;
        } else if (name == "qualification" || name == "subscriber") {
            state.around.actor = name == "subscriber" ? FhirActor::Family : state.around.actor;
        }
    }

    Done value(std::uint32_t node, const std::string& name, std::uint32_t parent, std::string path,
               State state) {
        const JsonNode& n = m_tree.at(node);
        if (n.type == Type::Array) {
            std::int64_t index = 0;
            for (std::uint32_t i = n.firstChild; i != JsonNode::kNone; i = m_tree.at(i).next, ++index) {
                if (auto done = value(i, name, parent, path + '[' + std::to_string(index) + ']', state);
                    !done) {
                    return done;
                }
            }
            return {};
        }
        if (n.type == Type::Object) {
            enter(name, state);
            if (isExtension(name)) {
                const std::string_view role = m_roles.ofExtension(node, state.nested);
                if (role == "local") {
                    return whole(node, std::move(path), role, state);
                }
                if (role != "text") {
                    return whole(node, std::move(path),
                                 role, state);
                }
                state.nested = true;
            }
            return object(node, std::move(path), std::move(state));
        }
        const std::string_view role = m_roles.ofValue(node, name, parent, state.around);
        if (n.type != Type::String) {
            return n.type == Type::Literal && m_text[n.value] == 'n'
                       ? Done{}
                       : whole(node, std::move(path), role, state);
        }
        const bool div = name == "div" && role == "text";
        return div ? narrative(node, path, state)
                   : add(node, n.value + 1, n.end - 1, std::move(path), role, Escaping::Json, state);
    }

    Done narrative(std::uint32_t node, const std::string& path, const State& state) {
        const JsonNode& n = m_tree.at(node);
        const std::size_t begin = n.value + 1;
        const auto parts = narrativeParts(m_text.substr(begin, n.end - 1 - begin));
        if (parts.empty()) {
            return add(node, begin, n.end - 1, path, "text", Escaping::Json, state);
        }
        for (const NarrativePart& part : parts) {
            const bool style = part.attribute == "xmlns" || part.attribute == "class" ||
                               part.attribute == "style" || part.attribute == "colspan" ||
                               part.attribute == "rowspan" || part.attribute == "border";
            const std::string_view raw = m_text.substr(begin + part.begin, part.end - part.begin);
            const bool file = !part.attribute.empty() && raw.starts_with("data:");
            auto done = add(node, begin + part.begin, begin + part.end,
                            part.attribute.empty() ? path : path + "/@" + part.attribute,
                            style  ? "structure"
                            : file ? "attachment"
                                   : "text",
                            Escaping::JsonXml, state);
            if (!done) {
                return done;
            }
        }
        return {};
    }

    std::string_view m_text;
    const JsonTree& m_tree;
    FhirRoles m_roles;
    FhirPeople m_people;
    MessageParts m_out;
    std::size_t m_counted = 0;
    std::int64_t m_point = 0;
};

} // namespace

base::Expected<MessageParts> fhirSegments(std::string_view utf8, const JsonTree& tree) {
    return Reader(utf8, tree).read();
}

} // namespace kamei::intake::text
