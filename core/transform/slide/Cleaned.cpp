#include "core/transform/slide/Cleaned.h"

#include <algorithm>
#include <array>
#include <pugixml.hpp>
#include <sstream>
#include <tiff.h>

#include "core/intake/image/Metadata.h"

namespace kamei::transform::slide {
namespace {

using base::ErrorCode;
using intake::slide::Directory;
using intake::slide::Entry;
using intake::slide::Field;
using intake::slide::Page;
using intake::slide::Role;
using intake::slide::Slide;
using intake::slide::Structure;
using intake::slide::Vendor;

struct KeptTag {
    std::uint16_t tag;
    std::uint64_t most; ///< values
    bool hamamatsu = false;
};

// TIFF 6.0 unless said otherwise. 65420: format; 65421: lens; 65422, 65423: place on the glass; 65424: focus.
constexpr std::array kKept{KeptTag{TIFFTAG_SUBFILETYPE, 1},
                           KeptTag{TIFFTAG_IMAGEWIDTH, 1},
                           KeptTag{TIFFTAG_IMAGELENGTH, 1},
                           KeptTag{TIFFTAG_BITSPERSAMPLE, 16},
                           KeptTag{TIFFTAG_COMPRESSION, 1},
                           KeptTag{TIFFTAG_PHOTOMETRIC, 1},
                           KeptTag{TIFFTAG_FILLORDER, 1},
                           KeptTag{TIFFTAG_ORIENTATION, 1},
                           KeptTag{TIFFTAG_SAMPLESPERPIXEL, 1},
                           KeptTag{TIFFTAG_ROWSPERSTRIP, 1},
                           KeptTag{TIFFTAG_XRESOLUTION, 1},
                           KeptTag{TIFFTAG_YRESOLUTION, 1},
                           KeptTag{TIFFTAG_PLANARCONFIG, 1},
                           KeptTag{TIFFTAG_RESOLUTIONUNIT, 1},
                           KeptTag{TIFFTAG_PREDICTOR, 1},
                           KeptTag{TIFFTAG_TILEWIDTH, 1},
                           KeptTag{TIFFTAG_TILELENGTH, 1},
                           KeptTag{TIFFTAG_EXTRASAMPLES, 16},
                           KeptTag{TIFFTAG_SAMPLEFORMAT, 16},
                           KeptTag{TIFFTAG_YCBCRCOEFFICIENTS, 3},
                           KeptTag{TIFFTAG_YCBCRSUBSAMPLING, 2},
                           KeptTag{TIFFTAG_YCBCRPOSITIONING, 1},
                           KeptTag{TIFFTAG_REFERENCEBLACKWHITE, 6},
                           KeptTag{TIFFTAG_IMAGEDEPTH, 1},
                           KeptTag{65420, 1, true},
                           KeptTag{65421, 1, true},
                           KeptTag{65422, 1, true},
                           KeptTag{65423, 1, true},
                           KeptTag{65424, 1, true}};

Field textField(std::uint16_t tag, const std::string& text) {
    return {tag, TIFF_ASCII, text.size() + 1, text + '\0'};
}

bool isNumber(std::string_view text) {
    constexpr std::size_t kMost = 12;
    const bool digits = std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || c == '.'; });
    return !text.empty() && text.size() <= kMost && digits && std::ranges::count(text, '.') <= 1;
}

std::string trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    return first == std::string_view::npos
               ? std::string()
               : std::string(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
}

/// "Aperio Image Library v11.2.1": the version tells readers how to read; anything else of the line goes.
std::string aperioLibrary(const std::string& description) {
    const std::string known = "Aperio Image Library";
    if (!description.starts_with(known + " v")) {
        return known;
    }
    std::size_t end = known.size() + 2;
    while (end < description.size() && end < known.size() + 14 &&
           ((description[end] >= '0' && description[end] <= '9') || description[end] == '.')) {
        ++end;
    }
    return description.substr(0, end);
}

std::string aperioDescription(const Slide& slide, const Page& page) {
    const Page& base = slide.pages().all[slide.pages().planes[0].front()];
    const std::string source =
        slide.structure().text(slide.structure().directories[page.directory], TIFFTAG_IMAGEDESCRIPTION);
    const auto size = [](const Page& of) {
        return std::to_string(of.width) + 'x' + std::to_string(of.height);
    };
    if (page.role == Role::Label ||
        page.role == Role::Macro) { // one line feed, as Aperio does: readers go by it
        return aperioLibrary(source) + " \n" + std::string(intake::slide::word(page.role)) + ' ' + size(page);
    }
    std::string out = aperioLibrary(source) + "\r\n" + size(base);
    out += page.role == Role::Thumbnail ? " -> " + size(page)
                                        : " [0,0 " + size(page) + "] (" + std::to_string(page.blockWidth) +
                                              'x' + std::to_string(page.blockHeight) + ')';
    static constexpr std::array<std::string_view, 4> kKeys{"AppMag", "MPP", "OriginalWidth",
                                                           "OriginalHeight"};
    for (const std::string_view key : kKeys) {
        for (std::size_t at = source.find('|'); at != std::string::npos;) {
            const std::size_t end = source.find('|', at + 1);
            const std::string part = source.substr(at + 1, end == std::string::npos ? end : end - at - 1);
            const std::size_t equals = part.find('=');
            if (equals != std::string::npos && trimmed(part.substr(0, equals)) == key &&
                isNumber(trimmed(part.substr(equals + 1)))) {
                out += '|' + std::string(key) + " = " + trimmed(part.substr(equals + 1));
                break;
            }
            at = end;
        }
    }
    return out;
}

void addDescription(const Slide& slide, std::size_t index, const std::string& ome, std::vector<Field>& out) {
    const Page& page = slide.pages().all[index];
    switch (slide.pages().vendor) {
    case Vendor::Aperio:
        out.push_back(textField(TIFFTAG_IMAGEDESCRIPTION, aperioDescription(slide, page)));
        return;
    case Vendor::Hamamatsu:
        out.push_back(textField(TIFFTAG_MAKE, "Hamamatsu"));
        return;
    case Vendor::Ome:
        if (page.directory == 0) {
            out.push_back(textField(TIFFTAG_IMAGEDESCRIPTION, ome));
            return;
        }
        [[fallthrough]];
    case Vendor::Generic:
        if (page.role == Role::Label || page.role == Role::Macro || page.role == Role::Thumbnail) {
            out.push_back(textField(TIFFTAG_IMAGEDESCRIPTION, std::string(intake::slide::word(page.role))));
        }
        return;
    }
}

// What each attribute may hold; others are left behind.
enum class Form { Integer, Decimal, Boolean, Word };
struct KeptAttribute {
    std::string_view element;
    std::string_view name;
    Form form;
};
constexpr std::array kAttributes{KeptAttribute{"Pixels", "DimensionOrder", Form::Word},
                                 KeptAttribute{"Pixels", "Type", Form::Word},
                                 KeptAttribute{"Pixels", "SizeX", Form::Integer},
                                 KeptAttribute{"Pixels", "SizeY", Form::Integer},
                                 KeptAttribute{"Pixels", "SizeZ", Form::Integer},
                                 KeptAttribute{"Pixels", "SizeC", Form::Integer},
                                 KeptAttribute{"Pixels", "SizeT", Form::Integer},
                                 KeptAttribute{"Pixels", "BigEndian", Form::Boolean},
                                 KeptAttribute{"Pixels", "Interleaved", Form::Boolean},
                                 KeptAttribute{"Pixels", "SignificantBits", Form::Integer},
                                 KeptAttribute{"Pixels", "PhysicalSizeX", Form::Decimal},
                                 KeptAttribute{"Pixels", "PhysicalSizeY", Form::Decimal},
                                 KeptAttribute{"Pixels", "PhysicalSizeZ", Form::Decimal},
                                 KeptAttribute{"Pixels", "PhysicalSizeXUnit", Form::Word},
                                 KeptAttribute{"Pixels", "PhysicalSizeYUnit", Form::Word},
                                 KeptAttribute{"Pixels", "PhysicalSizeZUnit", Form::Word},
                                 KeptAttribute{"Channel", "SamplesPerPixel", Form::Integer},
                                 KeptAttribute{"TiffData", "IFD", Form::Integer},
                                 KeptAttribute{"TiffData", "FirstZ", Form::Integer},
                                 KeptAttribute{"TiffData", "FirstC", Form::Integer},
                                 KeptAttribute{"TiffData", "FirstT", Form::Integer},
                                 KeptAttribute{"TiffData", "PlaneCount", Form::Integer}};

bool hasForm(std::string_view value, Form form) {
    static constexpr std::array<std::string_view, 32> kWords{"XYZCT",   "XYZTC",
                                                             "XYCTZ",   "XYCZT",
                                                             "XYTCZ",   "XYTZC",
                                                             "int8",    "int16",
                                                             "int32",   "uint8",
                                                             "uint16",  "uint32",
                                                             "float",   "double",
                                                             "complex", "double-complex",
                                                             "bit",     "m",
                                                             "cm",      "mm",
                                                             "µm",      "nm",
                                                             "pm",      "in",
                                                             "pixel",   "reference frame",
                                                             "dm",      "km",
                                                             "mi",      "ft",
                                                             "yd",      "Å"};
    switch (form) {
    case Form::Integer:
        return isNumber(value) && value.find('.') == std::string_view::npos && value.size() <= 9;
    case Form::Decimal: {
        constexpr std::size_t kMost = 24;
        return value.size() <= kMost && !value.empty() &&
               value.find_first_not_of("0123456789.eE+-") == std::string_view::npos;
    }
    case Form::Boolean:
        return value == "true" || value == "false";
    case Form::Word:
        return std::ranges::find(kWords, value) != kWords.end();
    }
    return false;
}

void copyAttributes(const pugi::xml_node& from, pugi::xml_node to) {
    for (const KeptAttribute& row : kAttributes) {
        const pugi::xml_attribute attribute = from.attribute(std::string(row.name).c_str());
        if (row.element == from.name() && attribute && hasForm(attribute.value(), row.form)) {
            to.append_attribute(attribute.name()) = attribute.value();
        }
    }
}

class OmeCopy {
public:
    OmeCopy(const std::vector<std::optional<std::size_t>>& places) : m_places(places) {}

    /// False when a page of the image is left out, or it lies in another file.
    bool image(const pugi::xml_node& from, pugi::xml_node root) {
        const pugi::xml_node source = child(from, "Pixels");
        if (!source) {
            return false;
        }
        const std::string number = std::to_string(m_images);
        pugi::xml_node image = root.append_child("Image");
        image.append_attribute("ID") = ("Image:" + number).c_str();
        pugi::xml_node pixels = image.append_child("Pixels");
        pixels.append_attribute("ID") = ("Pixels:" + number).c_str();
        copyAttributes(source, pixels);
        int channels = 0;
        bool whole = true;
        for (const pugi::xml_node node : source.children()) {
            if (isNamed(node, "Channel")) {
                pugi::xml_node channel = pixels.append_child("Channel");
                channel.append_attribute("ID") =
                    ("Channel:" + number + ':' + std::to_string(channels++)).c_str();
                copyAttributes(node, channel);
            }
        }
        for (const pugi::xml_node node : source.children()) {
            if (isNamed(node, "TiffData")) {
                pugi::xml_node data = pixels.append_child("TiffData");
                copyAttributes(node, data);
                whole = place(data) && whole;
            }
        }
        if (!whole) {
            root.remove_child(image);
            return false;
        }
        ++m_images;
        return true;
    }

private:
    static bool isNamed(const pugi::xml_node& node, std::string_view name) {
        const std::string_view full = node.name();
        const auto colon = full.find(':');
        return (colon == std::string_view::npos ? full : full.substr(colon + 1)) == name;
    }
    static pugi::xml_node child(const pugi::xml_node& node, std::string_view name) {
        for (const pugi::xml_node one : node.children()) {
            if (isNamed(one, name)) {
                return one;
            }
        }
        return {};
    }
    bool place(pugi::xml_node data) const {
        const pugi::xml_attribute ifd = data.attribute("IFD");
        if (!ifd) {
            return true;
        }
        const std::size_t index = ifd.as_uint();
        if (index >= m_places.size() || !m_places[index]) {
            return false;
        }
        data.attribute("IFD") = static_cast<unsigned>(*m_places[index]);
        return true;
    }

    const std::vector<std::optional<std::size_t>>& m_places;
    int m_images = 0;
};

} // namespace

std::vector<Field> cleanFields(const Slide& slide, std::size_t index, const std::string& ome) {
    constexpr std::uint64_t kMostProfile = 4U << 20;
    const Structure& structure = slide.structure();
    const Page& page = slide.pages().all[index];
    const Directory& directory = structure.directories[page.directory];
    std::vector<Field> out;
    for (const KeptTag& kept : kKept) {
        const Entry* const entry = directory.find(kept.tag);
        const bool usable = entry != nullptr && entry->count > 0 && !entry->isText() && entry->type != 7 &&
                            (!kept.hamamatsu || slide.pages().vendor == Vendor::Hamamatsu);
        if (!usable) {
            continue;
        }
        Entry bounded = *entry;
        bounded.count = std::min(entry->count, kept.most);
        const auto value = structure.raw(bounded, bounded.count * bounded.valueSize());
        if (value) {
            out.push_back({kept.tag, entry->type, bounded.count, *value});
        }
    }
    if (const Entry* const profile = directory.find(TIFFTAG_ICCPROFILE)) {
        const auto bytes = structure.raw(*profile, kMostProfile);
        if (bytes && intake::image::isCommonProfile(*bytes)) {
            out.push_back({TIFFTAG_ICCPROFILE, TIFF_UNDEFINED, bytes->size(), *bytes});
        }
    }
    addDescription(slide, index, ome, out);
    std::ranges::sort(out, {}, &Field::tag);
    return out;
}

base::Expected<std::string> cleanOme(const Slide& slide,
                                     const std::vector<std::optional<std::size_t>>& places) {
    if (slide.pages().vendor != Vendor::Ome) {
        return std::string();
    }
    const std::string source =
        slide.structure().text(slide.structure().directories.front(), TIFFTAG_IMAGEDESCRIPTION);
    pugi::xml_document from;
    if (!from.load_buffer(source.data(), source.size())) {
        return base::fail(ErrorCode::Malformed, "transform.slide.ome");
    }
    constexpr std::string_view kSchemas = "http://www.openmicroscopy.org/Schemas/OME/";
    const std::string_view said = from.document_element().attribute("xmlns").value();
    const bool known =
        said.starts_with(kSchemas) && said.size() == kSchemas.size() + 7 &&
        said.substr(kSchemas.size()).find_first_not_of("0123456789-") == std::string_view::npos;
    pugi::xml_document to;
    pugi::xml_node root = to.append_child("OME");
    root.append_attribute("xmlns") =
        known ? std::string(said).c_str() : (std::string(kSchemas) + "2016-06").c_str();
    OmeCopy copy(places);
    for (const pugi::xml_node image : from.document_element().children()) {
        if (std::string_view(image.name()).ends_with("Image")) {
            static_cast<void>(copy.image(image, root));
        }
    }
    std::ostringstream out;
    to.save(out, "", pugi::format_raw | pugi::format_no_declaration, pugi::encoding_utf8);
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + out.str();
}

} // namespace kamei::transform::slide
