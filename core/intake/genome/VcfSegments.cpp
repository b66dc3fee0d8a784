#include <algorithm>
#include <array>
#include <cctype>
#include <tuple>
#include <utility>

#include "core/intake/encoding/Unicode.h"
#include "core/intake/genome/Variants.h"

namespace kamei::intake::genome {
namespace {

using namespace std::string_view_literals;
using text::Segment;

constexpr std::size_t kFixedColumns = 9; ///< #CHROM to FORMAT (VCF 4.3, 1.5)

std::string lower(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return out;
}

template <std::size_t Size>
bool isOneOf(std::string_view word, const std::array<std::string_view, Size>& list) {
    return std::ranges::find(list, word) != list.end();
}

/// Splits a text into segments; positions are counted as it goes.
class Parts {
public:
    explicit Parts(std::string_view text) : m_text(text) {}

    std::vector<Segment> read() {
        for (std::size_t at = 0; at < m_text.size();) {
            const std::size_t end = std::min(m_text.find('\n', at), m_text.size());
            std::size_t stop = end;
            if (stop > at && m_text[stop - 1] == '\r') {
                --stop;
            }
            line(at, stop);
            at = end + 1;
        }
        return std::move(m_out);
    }

private:
    void line(std::size_t at, std::size_t end) {
        const std::string_view text = m_text.substr(at, end - at);
        if (text.starts_with("##")) {
            meta(at, end);
        } else if (text.starts_with("#")) {
            columns(at, end);
        } else {
            add(at, end, "records", "record");
        }
    }

    Segment* add(std::size_t begin, std::size_t end, std::string path, std::string_view role) {
        if (begin >= end) {
            return nullptr;
        }
        Segment segment;
        segment.start = pointOf(begin);
        segment.end = pointOf(end);
        segment.path = std::move(path);
        segment.role = role;
        m_out.push_back(std::move(segment));
        return &m_out.back();
    }

    std::int64_t pointOf(std::size_t byte) {
        m_point += encoding::countCodePoints(m_text.substr(m_counted, byte - m_counted));
        m_counted = byte;
        return m_point;
    }

    void columns(std::size_t at, std::size_t end) {
        std::size_t column = 0;
        for (std::size_t begin = at; begin <= end; ++column) {
            const std::size_t stop = std::min(m_text.find('\t', begin), end);
            if (column >= kFixedColumns) {
                const std::string_view name = m_text.substr(begin, stop - begin);
                Segment* part =
                    add(begin, stop, "samples", isGenericSample(name) ? "structure"sv : "patient.id"sv);
                if (part != nullptr) {
                    part->column = static_cast<std::int32_t>(column - kFixedColumns);
                }
            } else {
                add(begin, stop, "columns", "structure");
            }
            begin = stop + 1;
        }
    }

    void meta(std::size_t at, std::size_t end) {
        const std::size_t equals = std::min(m_text.find('=', at), end);
        if (equals == end) {
            add(at + 2, end, "##", "vcf.unknown");
            return;
        }
        const std::string_view key = m_text.substr(at + 2, equals - at - 2);
        if (m_text[end - 1] == '>' && equals + 1 < end && m_text[equals + 1] == '<') {
            const std::size_t before = m_out.size();
            const auto counted = std::pair(m_counted, m_point);
            if (!attributes(key, equals + 2, end - 1)) {
                m_out.resize(before);
                std::tie(m_counted, m_point) = counted;
                add(equals + 1, end, "##" + std::string(key), "vcf.unknown");
            }
            return;
        }
        plain(key, equals + 1, end);
    }

    void plain(std::string_view key, std::size_t begin, std::size_t end) {
        static constexpr std::array kFixed{"fileformat"sv, "phasing"sv};
        const std::string path = "##" + std::string(key);
        const std::string word = lower(key);
        if (isOneOf(key, kFixed)) {
            add(begin, end, path, "structure");
        } else if (word == "reference" || word == "assembly") {
            const std::size_t slash = m_text.substr(begin, end - begin).find_last_of("/\\");
            const std::size_t name = slash == std::string_view::npos ? begin : begin + slash + 1;
            add(begin, name, path, "vcf.path");
            add(name, end, path, "structure");
        } else if (word == "source") {
            add(begin, end, path, "vcf.software");
        } else {
            add(begin, end, path, word.ends_with("date") ? "document.date" : "vcf.unknown");
        }
    }

    /// Role of an attribute of a structured line (VCF 4.3, 1.4).
    static std::string_view attributeRole(std::string_view key, std::string_view name) {
        static constexpr std::array kDefining{"INFO"sv, "FORMAT"sv, "FILTER"sv,
                                              "ALT"sv,  "contig"sv, "META"sv};
        static constexpr std::array kFixed{"ID"sv,  "Number"sv,  "Type"sv,     "length"sv,   "md5"sv,
                                           "IDX"sv, "species"sv, "taxonomy"sv, "assembly"sv, "Values"sv};
        if (isOneOf(key, kDefining)) {
            return isOneOf(name, kFixed)                                            ? "structure"sv
                   : name == "Description" || name == "Source" || name == "Version" ? "text"sv
                                                                                    : "vcf.unknown"sv;
        }
        if (key == "SAMPLE") {
            return name == "ID" ? "patient.id"sv : "vcf.unknown"sv;
        }
        return key == "PEDIGREE" ? "patient.id"sv : "vcf.unknown"sv;
    }

    /// Key=value pairs up to `end`; false when they cannot be told apart.
    bool attributes(std::string_view key, std::size_t begin, std::size_t end) {
        while (begin < end) {
            const std::size_t equals = m_text.find('=', begin);
            if (equals >= end) {
                return false;
            }
            const std::string_view name = m_text.substr(begin, equals - begin);
            std::size_t from = equals + 1;
            std::size_t to = from;
            std::size_t next = from;
            if (from < end && m_text[from] == '"') {
                ++from;
                for (to = from; to < end && m_text[to] != '"'; ++to) {
                    to += m_text[to] == '\\' ? 1 : 0;
                }
                if (to >= end) {
                    return false;
                }
                next = to + 1;
            } else {
                // A list in brackets holds commas of its own (Values=[a,b]).
                const bool list = from < end && m_text[from] == '[';
                to = std::min(m_text.find(list ? ']' : ',', from), end);
                to += list && to < end ? 1 : 0;
                next = to;
            }
            if (next < end && m_text[next] != ',') {
                return false;
            }
            const std::string_view value = m_text.substr(from, to - from);
            std::string_view role = attributeRole(key, name);
            if (role == "patient.id" && isGenericSample(value)) {
                role = "structure";
            }
            add(from, to, "##" + std::string(key) + "/" + std::string(name), role);
            begin = next + 1;
        }
        return true;
    }

    std::string_view m_text;
    std::vector<Segment> m_out;
    std::size_t m_counted = 0;
    std::int64_t m_point = 0;
};

} // namespace

bool isGenericSample(std::string_view name) {
    static constexpr std::array kWords{"tumor"sv,   "tumour"sv, "normal"sv,    "germline"sv, "primary"sv,
                                       "control"sv, "case"sv,   "mother"sv,    "father"sv,   "mom"sv,
                                       "dad"sv,     "child"sv,  "proband"sv,   "sibling"sv,  "sample"sv,
                                       "unknown"sv, "index"sv,  "metastasis"sv};
    std::string word = lower(name);
    // At most two digits: a longer number may be somebody's.
    for (int digits = 0; digits < 2 && !word.empty() && std::isdigit(static_cast<unsigned char>(word.back()));
         ++digits) {
        word.pop_back();
    }
    while (!word.empty() && (word.back() == '_' || word.back() == '-')) {
        word.pop_back();
    }
    return isOneOf(word, kWords);
}

std::vector<Segment> vcfSegments(std::string_view utf8) {
    return Parts(utf8).read();
}

} // namespace kamei::intake::genome
