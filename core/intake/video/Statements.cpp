#include "core/intake/video/Statements.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <strings.h>

#include "core/intake/video/Ffmpeg.h"

namespace kamei::intake::video {
namespace {

/// Tags that say how the container is laid out.
constexpr std::array<std::string_view, 6> kLayout{"major_brand", "minor_version", "compatible_brands",
                                                  "vendor_id",   "DURATION",      "language"};

/// Valid UTF-8 stays, other bytes become '?': tags of old containers are in any encoding.
std::string utf8Of(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const std::size_t length = lead < 0x80                   ? 1
                                   : lead >= 0xC2 && lead < 0xE0 ? 2
                                   : lead >= 0xE0 && lead < 0xF0 ? 3
                                   : lead >= 0xF0 && lead < 0xF5 ? 4
                                                                 : 0;
        bool whole = length > 0 && i + length <= text.size();
        for (std::size_t k = 1; whole && k < length; ++k) {
            whole = (static_cast<unsigned char>(text[i + k]) & 0xC0) == 0x80;
        }
        out += whole ? std::string(text.substr(i, length)) : std::string("?");
        i += whole ? length : 1;
    }
    return out;
}

class Reader {
public:
    Reader(const Input& input, const Index& index) : m_input(input), m_index(index) {}

    std::vector<Statement> read() {
        const AVFormatContext& context = *m_input.context();
        tags("Video.Tag.", context.metadata);
        for (unsigned i = 0; i < context.nb_programs; ++i) {
            tags(place("Video.Program", i) + ".Tag.", context.programs[i]->metadata);
        }
        for (unsigned i = 0; i < context.nb_chapters; ++i) {
            tags(place("Video.Chapter", i) + ".Tag.", context.chapters[i]->metadata);
        }
        for (unsigned i = 0; i < context.nb_streams; ++i) {
            stream(i, *context.streams[i]);
        }
        late();
        if (m_index.userDataCount > 0) {
            std::string text = std::to_string(m_index.userDataCount) + ":";
            for (const std::string& part : m_index.userData) {
                text += ' ' + utf8Of(part);
            }
            add("Video.UserData", std::move(text));
        }
        const auto hidden = std::ranges::count(m_index.packets, true, &Packet::hidden);
        if (hidden > 0) {
            add("Video.HiddenFrames", std::to_string(hidden));
        }
        return std::move(m_out);
    }

private:
    static std::string place(std::string_view what, unsigned number) {
        return std::string(what) + '[' + std::to_string(number) + ']';
    }
    void add(std::string key, std::string value) { m_out.push_back({std::move(key), std::move(value)}); }

    void tags(const std::string& before, const AVDictionary* dictionary) {
        const AVDictionaryEntry* entry = nullptr;
        while ((entry = av_dict_get(dictionary, "", entry, AV_DICT_IGNORE_SUFFIX)) != nullptr) {
            const bool layout = std::ranges::any_of(kLayout, [&](std::string_view key) {
                return strcasecmp(entry->key, std::string(key).c_str()) == 0;
            });
            if (!layout && entry->value[0] != '\0') {
                add(before + utf8Of(entry->key), utf8Of(entry->value));
            }
        }
    }

    void stream(unsigned number, const AVStream& stream) {
        const AVCodecParameters& parameters = *stream.codecpar;
        const std::string codec = avcodec_get_name(parameters.codec_id);
        if (static_cast<int>(number) != m_input.videoIndex()) {
            m_audio += parameters.codec_type == AVMEDIA_TYPE_AUDIO ? 1 : 0;
            m_others += parameters.codec_type == AVMEDIA_TYPE_AUDIO ? 0 : 1;
            const auto text = m_index.texts.find(static_cast<int>(number));
            add(place(kind(stream), number),
                text == m_index.texts.end() ? codec : codec + ": " + utf8Of(text->second));
        }
        tags(place("Video.Stream", number) + ".Tag.", stream.metadata);
    }

    static std::string_view kind(const AVStream& stream) {
        if ((stream.disposition & AV_DISPOSITION_ATTACHED_PIC) != 0) {
            return "Video.Cover";
        }
        switch (stream.codecpar->codec_type) {
        case AVMEDIA_TYPE_AUDIO:
            return "Video.Audio";
        case AVMEDIA_TYPE_VIDEO:
            return "Video.OtherVideo";
        case AVMEDIA_TYPE_SUBTITLE:
            return "Video.Subtitle";
        case AVMEDIA_TYPE_ATTACHMENT:
            return "Video.Attachment";
        default:
            return "Video.Data";
        }
    }

    /// Streams that begin after the part that was probed (MPEG-PS and -TS).
    void late() {
        if (m_index.facts.audio > m_audio) {
            add("Video.Audio[late]", std::to_string(m_index.facts.audio - m_audio));
        }
        if (m_index.facts.others > m_others) {
            add("Video.Data[late]", std::to_string(m_index.facts.others - m_others));
        }
    }

    const Input& m_input;
    const Index& m_index;
    std::vector<Statement> m_out;
    std::int32_t m_audio = 0;
    std::int32_t m_others = 0;
};

} // namespace

base::Expected<std::vector<Statement>> readStatements(const Bytes& bytes, const Index& index) {
    const auto input = Input::open(bytes);
    if (!input) {
        return tl::unexpected(input.error());
    }
    return Reader(**input, index).read();
}

} // namespace kamei::intake::video
