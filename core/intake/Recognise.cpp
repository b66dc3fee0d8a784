#include "core/intake/Recognise.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "core/intake/encoding/Encoding.h"
#include "core/intake/table/Table.h"

namespace kamei::intake {
namespace {

using namespace std::string_view_literals;

std::string_view headOf(const Sample& sample) {
    return {reinterpret_cast<const char*>(sample.head.data()), sample.head.size()};
}

std::uint32_t number(std::string_view bytes, std::size_t at, std::size_t count, bool big) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < count && at + count <= bytes.size(); ++i) {
        value = (value << 8) | static_cast<std::uint8_t>(bytes[big ? at + i : at + count - 1 - i]);
    }
    return value;
}

/// The head as UTF-8; empty when it is no text. A head cut inside a character loses its last bytes.
std::string textOf(const Sample& sample) {
    constexpr std::size_t kLongestCharacter = 8;
    const std::string_view head = headOf(sample);
    const bool cut = sample.size > head.size();
    for (std::size_t less = 0; less <= (cut ? kLongestCharacter : 0) && less < head.size(); ++less) {
        const std::string_view part = head.substr(0, head.size() - less);
        const auto guess = encoding::detect(part);
        if (!guess) {
            continue;
        }
        if (auto text = encoding::decode(part, guess->encoding)) {
            return std::move(*text);
        }
    }
    return {};
}

std::string_view trimmedFront(std::string_view text) {
    while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front())) != 0) {
        text.remove_prefix(1);
    }
    return text;
}

bool containsInsensitive(std::string_view text, std::string_view lower) {
    const auto found = std::search(text.begin(), text.end(), lower.begin(), lower.end(), [](char a, char b) {
        return std::tolower(static_cast<unsigned char>(a)) == b;
    });
    return found != text.end();
}

/// The start tag of the root element: what names the schema. Empty when the text is no XML.
std::string_view rootTag(std::string_view text) {
    std::string_view rest = trimmedFront(text);
    while (rest.starts_with("<?") || rest.starts_with("<!")) {
        const bool comment = rest.starts_with("<!--");
        const std::string_view close = comment ? "-->"sv : rest.starts_with("<?") ? "?>"sv : ">"sv;
        std::size_t end = rest.find(close);
        if (rest.starts_with("<!DOCTYPE") && rest.find('[') < end) {
            end = rest.find("]>");
        }
        if (end == std::string_view::npos) {
            // The prologue is longer than the head: XML it is, of unknown root.
            return rest.substr(0, 2);
        }
        rest = trimmedFront(rest.substr(end + close.size()));
    }
    const bool tag = rest.size() > 1 && rest[0] == '<' &&
                     (std::isalpha(static_cast<unsigned char>(rest[1])) != 0 || rest[1] == '_' ||
                      static_cast<unsigned char>(rest[1]) >= 0x80);
    return tag ? rest.substr(0, std::min(rest.find('>'), rest.size())) : std::string_view();
}

std::string_view rootName(std::string_view tag) {
    const std::string_view name = tag.substr(1, tag.find_first_of(" \t\r\n/>", 1) - 1);
    const std::size_t colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

bool isTiff(std::string_view head) {
    return head.starts_with("II*\0"sv) || head.starts_with("MM\0*"sv) || head.starts_with("II+\0"sv) ||
           head.starts_with("MM\0+"sv);
}

std::string_view boxType(std::string_view head) {
    return head.size() >= 12 && head.substr(4, 4) == "ftyp" ? head.substr(8, 4) : std::string_view();
}

bool isHeifBrand(std::string_view brand) {
    static constexpr std::array kBrands{"heic"sv, "heix"sv, "mif1"sv, "heim"sv,
                                        "heis"sv, "hevc"sv, "avif"sv, "msf1"sv};
    return std::find(kBrands.begin(), kBrands.end(), brand) != kBrands.end();
}

bool isIsaLike(std::string_view text) {
    return text.starts_with("ISA*") || text.starts_with("UNA:") || text.starts_with("UNB+");
}

} // namespace

bool looksLikeJpeg(const Sample& sample) {
    return headOf(sample).starts_with("\xFF\xD8\xFF");
}
bool looksLikePng(const Sample& sample) {
    return headOf(sample).starts_with("\x89PNG\r\n\x1A\n");
}
bool looksLikeTiff(const Sample& sample) {
    return isTiff(headOf(sample));
}
bool looksLikeSlide(const Sample& sample) {
    // Scanners name themselves in the first description, which need not lie in the head: see recogniseFile().
    const std::string_view head = headOf(sample);
    return isTiff(head) && (sample.extension == "svs" || sample.extension == "ndpi" ||
                            head.find("Aperio") != std::string_view::npos ||
                            head.find("Hamamatsu") != std::string_view::npos);
}
bool looksLikeOtherSlide(const Sample& sample) {
    static constexpr std::array kNames{"scn"sv, "bif"sv, "vms"sv, "vmu"sv, "mrxs"sv};
    const std::string_view head = headOf(sample);
    return isTiff(head) && (std::find(kNames.begin(), kNames.end(), sample.extension) != kNames.end() ||
                            head.find("Leica SCN") != std::string_view::npos ||
                            head.find("<iScan") != std::string_view::npos);
}

bool looksLikeCda(const Sample& sample) {
    const std::string text = textOf(sample);
    const std::string_view tag = rootTag(text);
    const bool hl7 = tag.find("urn:hl7-org:v3") != std::string_view::npos;
    return tag.size() > 2 &&
           (rootName(tag) == "ClinicalDocument" || (hl7 && rootName(tag) != "AnnotatedECG"));
}
bool looksLikeXml(const Sample& sample) {
    return !rootTag(textOf(sample)).empty() || headOf(sample).starts_with("<?xml");
}

bool looksLikeTable(const Sample& sample) {
    const std::string text = textOf(sample);
    const bool named = sample.extension == "csv" || sample.extension == "tsv" || sample.extension == "tab";
    if (text.empty()) {
        return false;
    }
    // A file that is called a table is one when its first line has fields; others must look like one all
    // over.
    const std::string_view firstLine = std::string_view(text).substr(0, text.find('\n'));
    const bool fields = firstLine.find_first_of(",\t;|") != std::string_view::npos;
    return (named && fields) || table::detectDialect(text, !named).has_value();
}
bool looksLikeText(const Sample& sample) {
    return sample.size > 0 && !textOf(sample).empty();
}
bool looksLikeZip(const Sample& sample) {
    const std::string_view head = headOf(sample);
    return head.starts_with("PK\x03\x04") || head.starts_with("PK\x05\x06");
}

bool looksLikeOffice(const Sample& sample) {
    constexpr std::size_t kNameAt = 30;
    if (!looksLikeZip(sample) || sample.head.size() < kNameAt) {
        return false;
    }
    static constexpr std::array kFirst{
        "[Content_Types].xml"sv, "_rels/"sv, "docProps/"sv, "word/"sv, "xl/"sv, "ppt/"sv,
        "mimetypeapplication/"sv};
    const std::string_view name = headOf(sample).substr(kNameAt);
    return std::any_of(kFirst.begin(), kFirst.end(),
                       [&](std::string_view first) { return name.starts_with(first); });
}
bool looksLikeOldOffice(const Sample& sample) {
    return headOf(sample).starts_with("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
}
bool looksLikePdf(const Sample& sample) {
    return headOf(sample).substr(0, 1024).find("%PDF-") != std::string_view::npos;
}

bool looksLikeVideo(const Sample& sample) {
    const std::string_view head = headOf(sample);
    const std::string_view brand = boxType(head);
    if (!brand.empty()) {
        return !isHeifBrand(brand);
    }
    const bool avi = head.starts_with("RIFF") && head.size() > 12 && head.substr(8, 4) == "AVI ";
    const bool quickTime = head.size() > 8 && (head.substr(4, 4) == "moov" || head.substr(4, 4) == "mdat" ||
                                               head.substr(4, 4) == "wide");
    const bool stream = head.size() > 376 && head[0] == 'G' && head[188] == 'G' && head[376] == 'G';
    // Raw streams begin with parameter sets (H.264 7.3.1, H.265 7.3.1.2) or a visual object (14496-2 6.2.2).
    const bool raw = head.starts_with("\0\0\0\1\x67"sv) || head.starts_with("\0\0\0\1\x27"sv) ||
                     head.starts_with("\0\0\0\1\x09"sv) || head.starts_with("\0\0\1\x67"sv) ||
                     head.starts_with("\0\0\0\1\x40\1"sv) || head.starts_with("\0\0\0\1\x46\1"sv) ||
                     head.starts_with("\0\0\1\xB0"sv);
    return avi || quickTime || stream || raw || head.starts_with("\x1A\x45\xDF\xA3") ||
           head.starts_with("\0\0\1\xBA"sv) || head.starts_with("\0\0\1\xB3"sv) ||
           head.starts_with("\x30\x26\xB2\x75\x8E\x66\xCF\x11");
}
bool looksLikeHeif(const Sample& sample) {
    return isHeifBrand(boxType(headOf(sample)));
}
bool looksLikeBmp(const Sample& sample) {
    const std::string_view head = headOf(sample);
    return head.starts_with("BM") && head.size() > 26 && number(head, 10, 4, false) < 65536 &&
           number(head, 14, 4, false) >= 12 && number(head, 14, 4, false) <= 4096;
}
bool looksLikeOtherImage(const Sample& sample) {
    const std::string_view head = headOf(sample);
    const bool webp = head.starts_with("RIFF") && head.size() > 12 && head.substr(8, 4) == "WEBP";
    return webp || head.starts_with("GIF8") || head.starts_with("\0\0\0\x0CjP  \r\n"sv) ||
           head.starts_with("\xFF\x4F\xFF\x51");
}
bool looksLikeGzip(const Sample& sample) {
    return headOf(sample).starts_with("\x1F\x8B");
}
bool looksLikeOtherArchive(const Sample& sample) {
    const std::string_view head = headOf(sample);
    const bool tar = head.size() > 265 && head.substr(257, 5) == "ustar";
    return tar || head.starts_with("7z\xBC\xAF\x27\x1C") || head.starts_with("Rar!\x1A\x07") ||
           head.starts_with("BZh") ||
           head.starts_with("\xFD"
                            "7zXZ"sv);
}
bool looksLikeHl7v2(const Sample& sample) {
    std::string_view text = headOf(sample).substr(0, 64);
    while (!text.empty() && (text.front() == '\x0B' || static_cast<unsigned char>(text.front()) >= 0x80 ||
                             std::isspace(static_cast<unsigned char>(text.front())) != 0)) {
        text.remove_prefix(1); // the frame of MLLP, a byte order mark, empty lines
    }
    const bool header = text.starts_with("MSH") || text.starts_with("FHS") || text.starts_with("BHS");
    if (header && text.size() > 5 && std::ispunct(static_cast<unsigned char>(text[3])) != 0 &&
        std::ispunct(static_cast<unsigned char>(text[4])) != 0) {
        return true;
    }
    // Named so and without a header: a row that says what is missing.
    const bool named = sample.extension == "hl7" || sample.extension == "hl7v2";
    return named && text.size() > 4 && text[3] == '|' && std::isupper(static_cast<unsigned char>(text[0])) != 0;
}
bool looksLikeFhir(const Sample& sample) {
    const std::string text = textOf(sample);
    const std::string_view start = trimmedFront(text.starts_with("\xEF\xBB\xBF") ? std::string_view(text).substr(3) : text);
    return (start.starts_with('{') || start.starts_with('[')) && text.find("\"resourceType\"") != std::string::npos;
}
bool looksLikeFhirXml(const Sample& sample) {
    const std::string text = textOf(sample);
    return rootTag(text).find("http://hl7.org/fhir") != std::string_view::npos;
}
bool looksLikeJson(const Sample& sample) {
    const std::string text = textOf(sample);
    const std::string_view start = trimmedFront(text);
    if (start.empty() || (start.front() != '{' && start.front() != '[')) {
        return false;
    }
    const std::string_view next = trimmedFront(start.substr(1));
    // [氏名] opens many a text: an array holds values, an object names.
    return start.front() == '{' ? next.starts_with('"') || next.starts_with('}')
                                : next.starts_with('{') || next.starts_with('"') || next.starts_with('[');
}
bool looksLikeAnnotatedEcg(const Sample& sample) {
    const std::string text = textOf(sample);
    const std::string_view tag = rootTag(text);
    return tag.size() > 2 && rootName(tag) == "AnnotatedECG";
}
bool looksLikePhilipsEcg(const Sample& sample) {
    const std::string text = textOf(sample);
    const std::string_view tag = rootTag(text);
    return tag.size() > 2 && rootName(tag) == "restingecgdata";
}
bool looksLikeEcgXml(const Sample& sample) {
    const std::string text = textOf(sample);
    const std::string_view tag = rootTag(text);
    static constexpr std::array kRoots{"RestingECG"sv, "CardiologyXML"sv, "sapphire"sv};
    return tag.size() > 2 && std::find(kRoots.begin(), kRoots.end(), rootName(tag)) != kRoots.end();
}
bool looksLikeHtml(const Sample& sample) {
    const std::string text = textOf(sample);
    const std::string_view start = trimmedFront(text).substr(0, 512);
    return start.starts_with('<') &&
           (containsInsensitive(start, "<!doctype html") || containsInsensitive(start, "<html"));
}
bool looksLikeRtf(const Sample& sample) {
    return headOf(sample).starts_with("{\\rtf");
}
bool looksLikeEdi(const Sample& sample) {
    return isIsaLike(headOf(sample));
}
bool looksLikeMail(const Sample& sample) {
    const std::string_view head = headOf(sample);
    static constexpr std::array kFirst{"Return-Path:"sv,  "Received:"sv,     "From:"sv,
                                       "MIME-Version:"sv, "Delivered-To:"sv, "Message-ID:"sv};
    const bool starts = std::any_of(kFirst.begin(), kFirst.end(),
                                    [&](std::string_view first) { return head.starts_with(first); });
    return starts && (containsInsensitive(head, "content-transfer-encoding:") ||
                      containsInsensitive(head, "mime-version:"));
}

} // namespace kamei::intake
