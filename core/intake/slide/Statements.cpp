#include <algorithm>
#include <array>
#include <cstdio>
#include <pugixml.hpp>
#include <set>

#include "core/intake/image/Containers.h"
#include "core/intake/slide/Slide.h"

namespace kamei::intake::slide {
namespace {

constexpr std::uint64_t kMostValue = 1U << 20;
constexpr std::size_t kMostStatements = 10'000;

struct TagName {
    std::uint16_t tag;
    std::string_view name; ///< empty: layout and colour, which say nothing of anybody
};

// TIFF 6.0, Technical Notes, DNG's XMP and IPTC tags, and Hamamatsu's as tifffile and OpenSlide describe
// them.
constexpr std::array kTags{TagName{254, ""},
                           TagName{255, ""},
                           TagName{256, ""},
                           TagName{257, ""},
                           TagName{258, ""},
                           TagName{259, ""},
                           TagName{262, ""},
                           TagName{266, ""},
                           TagName{273, ""},
                           TagName{274, ""},
                           TagName{277, ""},
                           TagName{278, ""},
                           TagName{279, ""},
                           TagName{280, ""},
                           TagName{281, ""},
                           TagName{282, ""},
                           TagName{283, ""},
                           TagName{284, ""},
                           TagName{296, ""},
                           TagName{297, ""},
                           TagName{317, ""},
                           TagName{318, ""},
                           TagName{319, ""},
                           TagName{322, ""},
                           TagName{323, ""},
                           TagName{324, ""},
                           TagName{325, ""},
                           TagName{330, ""},
                           TagName{338, ""},
                           TagName{339, ""},
                           TagName{347, ""},
                           TagName{529, ""},
                           TagName{530, ""},
                           TagName{531, ""},
                           TagName{532, ""},
                           TagName{32997, ""},
                           TagName{32998, ""},
                           TagName{65420, ""},
                           TagName{65421, ""},
                           TagName{65422, ""},
                           TagName{65423, ""},
                           TagName{65424, ""},
                           TagName{65426, ""},
                           TagName{65432, ""},
                           TagName{269, "Tiff.DocumentName"},
                           TagName{270, "Tiff.ImageDescription"},
                           TagName{271, "Tiff.Make"},
                           TagName{272, "Tiff.Model"},
                           TagName{285, "Tiff.PageName"},
                           TagName{305, "Tiff.Software"},
                           TagName{306, "Tiff.DateTime"},
                           TagName{315, "Tiff.Artist"},
                           TagName{316, "Tiff.HostComputer"},
                           TagName{700, "Tiff.Xmp"},
                           TagName{33432, "Tiff.Copyright"},
                           TagName{33723, "Tiff.Iptc"},
                           TagName{34675, "Tiff.IccProfile"},
                           TagName{34377, "Tiff.Photoshop"},
                           TagName{34665, "Tiff.Exif"},
                           TagName{34853, "Tiff.GPSInfo"},
                           TagName{65427, "Ndpi.Reference"},
                           TagName{65442, "Ndpi.SerialNumber"},
                           TagName{65449, "Ndpi.Properties"},
                           TagName{65477, "Ndpi.ScannerSerialNumber"}};

std::string nameOf(std::uint16_t tag) {
    const auto* const found = std::ranges::find(kTags, tag, &TagName::tag);
    if (found != kTags.end()) {
        return std::string(found->name);
    }
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "Tiff.0x%04x", static_cast<unsigned>(tag));
    return text.data();
}

std::string trimmed(std::string_view text) {
    constexpr std::string_view kBlank = " \t\r\n";
    const auto first = text.find_first_not_of(kBlank);
    return first == std::string_view::npos
               ? std::string()
               : std::string(text.substr(first, text.find_last_not_of(kBlank) - first + 1));
}

class Collector {
public:
    explicit Collector(const Structure& structure) : m_structure(structure) {}

    void addDirectory(const Directory& directory, Vendor vendor) {
        for (const Entry& entry : directory.entries) {
            const std::string name = nameOf(entry.tag);
            if (name.empty() || entry.count == 0) {
                continue;
            }
            const auto bytes = m_structure.raw(entry, kMostValue);
            if (!bytes) { // what cannot be read is seen to be there
                add(name, std::to_string(entry.count) + " values");
                continue;
            }
            if (entry.tag == 270 && vendor == Vendor::Aperio && bytes->starts_with("Aperio")) {
                addAperio(*bytes);
            } else if (entry.tag == 270 && vendor == Vendor::Ome && addOme(*bytes)) {
                continue;
            } else if (entry.tag == 65449) {
                addProperties(*bytes);
            } else if (entry.tag == 34675) {
                for (const auto& text : image::iccTexts(*bytes)) {
                    add("Tiff." + text.key, text.value);
                }
            } else {
                const bool text = entry.isText() || entry.type == 1 || entry.type == 7;
                add(name, text ? image::readable(*bytes) : std::to_string(entry.count) + " values");
            }
        }
    }

    std::vector<Statement> take() { return std::move(m_out); }

private:
    void add(const std::string& key, const std::string& value) {
        const std::string text = trimmed(value);
        if (!text.empty() && m_out.size() < kMostStatements && m_said.insert(key + '\n' + text).second) {
            m_out.push_back({"Slide." + key, text});
        }
    }

    /// "Aperio Image Library v..., geometry|key = value|...", as Aperio's "Digital Slides and Third-Party
    /// Data Interchange" describes it.
    void addAperio(const std::string& bytes) {
        const std::string text = image::readable(bytes);
        std::size_t at = text.find('|');
        add("Aperio.Header", text.substr(0, at));
        while (at != std::string::npos) {
            const std::size_t end = text.find('|', at + 1);
            const std::string part = text.substr(at + 1, end == std::string::npos ? end : end - at - 1);
            const std::size_t equals = part.find('=');
            const std::string key = trimmed(part.substr(0, equals));
            add("Aperio." + (equals == std::string::npos ? std::string("Text") : key),
                equals == std::string::npos ? part : part.substr(equals + 1));
            at = end;
        }
    }

    void addProperties(const std::string& bytes) {
        const std::string text = image::readable(bytes);
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t end = std::min(text.find_first_of("\r\n", at), text.size());
            const std::string line = text.substr(at, end - at);
            const std::size_t equals = line.find('=');
            add("Ndpi." +
                    (equals == std::string::npos ? std::string("Text") : trimmed(line.substr(0, equals))),
                equals == std::string::npos ? line : line.substr(equals + 1));
            at = end + 1;
        }
    }

    /// False when it is no XML.
    bool addOme(const std::string& bytes) {
        pugi::xml_document document;
        if (!document.load_buffer(bytes.data(), bytes.size(), pugi::parse_default | pugi::parse_comments)) {
            return false;
        }
        addNode(document, 0);
        return true;
    }
    void addNode(const pugi::xml_node& node, int depth) {
        constexpr int kDeepest = 64;
        if (depth > kDeepest) {
            add("Ome.Text", "nested too deep");
            return;
        }
        // What the copy keeps of them is the layout, see transform::slide.
        static constexpr std::array<std::string_view, 4> kLayout{"Pixels", "Channel", "TiffData", "Plane"};
        const std::string_view name = node.name();
        for (const pugi::xml_attribute attribute : node.attributes()) {
            const std::string_view key = attribute.name();
            if (std::ranges::find(kLayout, name) == kLayout.end() && !key.starts_with("xmlns") &&
                !key.starts_with("xsi:")) {
                add("Ome." + std::string(name) + '.' + std::string(key), image::readable(attribute.value()));
            }
        }
        for (const pugi::xml_node child : node.children()) {
            if (child.type() == pugi::node_element) {
                addNode(child, depth + 1);
            } else if (child.value()[0] != '\0') {
                add("Ome." + std::string(name.empty() ? std::string_view("Comment") : name),
                    image::readable(child.value()));
            }
        }
    }

    const Structure& m_structure;
    std::vector<Statement> m_out;
    std::set<std::string> m_said;
};

} // namespace

std::vector<Statement> Slide::statements() const {
    Collector out(structure());
    for (const Directory& directory : structure().directories) {
        out.addDirectory(directory, pages().vendor);
    }
    return out.take();
}

} // namespace kamei::intake::slide
