#include "core/transform/video/Rewriter.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <limits>

#include "core/transform/video/Cleaning.h"
#include "core/transform/video/SilencedSound.h"

namespace kamei::transform::video {
namespace {

using base::ErrorCode;
using intake::video::Coding;
using intake::video::Data;
using intake::video::Input;
using intake::video::PacketPtr;

constexpr std::string_view kPlace = "transform.video.rewrite";

Data extradataOf(const AVCodecParameters& parameters) {
    return {parameters.extradata, static_cast<std::size_t>(std::max(parameters.extradata_size, 0))};
}

Data extradataOf(const AVCodecContext& context) {
    return {context.extradata, static_cast<std::size_t>(std::max(context.extradata_size, 0))};
}

base::Expected<void> setExtradata(AVCodecParameters& parameters, Data data) {
    av_freep(&parameters.extradata);
    parameters.extradata_size = 0;
    if (data.empty()) {
        return {};
    }
    parameters.extradata = static_cast<std::uint8_t*>(av_mallocz(data.size() + AV_INPUT_BUFFER_PADDING_SIZE));
    if (parameters.extradata == nullptr) {
        return base::fail(ErrorCode::OutOfMemory, kPlace);
    }
    std::memcpy(parameters.extradata, data.data(), data.size());
    parameters.extradata_size = static_cast<int>(data.size());
    return {};
}

/// Rates that MPEG-1 and -2 can say (H.262 table 6-4); MPEG-2 also 1..4 / 1..32 of them (6.3.5, frame rate
/// extension). In a program stream, where not every picture has a time, readers count by the rate.
AVRational standardRate(AVRational rate, bool extended) {
    static constexpr std::array<AVRational, 8> kRates{
        {{24000, 1001}, {24, 1}, {25, 1}, {30000, 1001}, {30, 1}, {50, 1}, {60000, 1001}, {60, 1}}};
    const auto distance = [&](AVRational one) { return std::abs(av_q2d(one) - av_q2d(rate)); };
    AVRational best = *std::ranges::min_element(kRates, {}, distance);
    for (const AVRational one : kRates) {
        for (int n = 1; extended && n <= 4; ++n) {
            for (int d = 1; d <= 32; ++d) {
                const AVRational scaled = av_mul_q(one, {n, d});
                best = distance(scaled) < distance(best) ? scaled : best;
            }
        }
    }
    return best;
}

AVRational rateOf(const AVStream& stream, AVCodecID codec) {
    AVRational rate = stream.avg_frame_rate.num > 0 ? stream.avg_frame_rate : stream.r_frame_rate;
    if (rate.num <= 0 || rate.den <= 0 || av_q2d(rate) > 1000) {
        rate = {25, 1};
    }
    const bool mpeg = codec == AV_CODEC_ID_MPEG1VIDEO || codec == AV_CODEC_ID_MPEG2VIDEO;
    if (mpeg) {
        return standardRate(rate, codec == AV_CODEC_ID_MPEG2VIDEO);
    }
    // Encoders want numbers of 16 bits (14496-2 6.3.3).
    av_reduce(&rate.num, &rate.den, rate.num, rate.den, 60'000);
    return rate;
}

AVCodecID encodedAs(const AVStream& stream, Coding coding) {
    return coding == Coding::Other ? AV_CODEC_ID_H264 : stream.codecpar->codec_id;
}

} // namespace

base::Expected<void> Rewriter::planTimes(const std::vector<Piece>& pieces) {
    m_pieces = pieces;
    m_pieceOf.assign(m_index->order.size(), -1);
    for (std::size_t p = 0; p < pieces.size(); ++p) {
        std::fill(m_pieceOf.begin() + pieces[p].first - 1, m_pieceOf.begin() + pieces[p].last,
                  static_cast<std::int32_t>(p));
    }
    std::vector<std::int64_t> presentation;
    std::vector<std::int64_t> decoding;
    std::vector<bool> begun(pieces.size());
    const auto time = [&](std::int32_t frame) {
        return m_index->packets[static_cast<std::size_t>(m_index->order[static_cast<std::size_t>(frame - 1)])]
            .pts;
    };
    for (const auto& packet : m_index->packets) {
        if (packet.frame == 0) {
            continue;
        }
        decoding.push_back(packet.dts);
        const std::int32_t piece = m_pieceOf[static_cast<std::size_t>(packet.frame - 1)];
        if (piece < 0) {
            presentation.push_back(packet.pts);
        } else if (!begun[static_cast<std::size_t>(piece)]) {
            begun[static_cast<std::size_t>(piece)] = true;
            const Piece& one = pieces[static_cast<std::size_t>(piece)];
            for (std::int32_t frame = one.first; frame <= one.last; ++frame) {
                presentation.push_back(time(frame));
            }
        }
    }
    m_decoding = decodingTimes(presentation, std::move(decoding));
    return {};
}

base::Expected<void> Rewriter::prepare(const std::vector<Piece>& pieces, bool whole) {
    m_whole = whole;
    auto input = Input::open(m_bytes);
    if (!input) {
        return tl::unexpected(input.error());
    }
    m_input = std::move(*input);
    const AVStream& stream = *m_input->video();
    m_splice.emplace(m_index->coding, m_index->lengthSize, extradataOf(*stream.codecpar));
    if (auto planned = planTimes(pieces); !planned || pieces.empty()) {
        return planned;
    }
    m_setup.codec = encodedAs(stream, m_index->coding);
    m_setup.profile = stream.codecpar->profile;
    m_setup.rate = rateOf(stream, m_setup.codec);
    m_setup.aspect = stream.sample_aspect_ratio.num > 0 ? stream.sample_aspect_ratio
                                                        : stream.codecpar->sample_aspect_ratio;
    const auto free = Splice::freeParameterSet(m_index->parameterSets);
    if (!whole && m_index->coding == Coding::H264 && !free) {
        return base::fail(ErrorCode::NotPossible, kPlace, {"parameter-sets"});
    }
    m_setup.parameterSet = whole ? 0 : free.value_or(0);
    auto frames = intake::video::FrameSource::open(m_bytes, m_index, 0);
    if (!frames) {
        return tl::unexpected(frames.error());
    }
    m_frames = std::move(*frames);
    const auto first = m_frames->at(pieces.front().first);
    if (!first) {
        return tl::unexpected(first.error());
    }
    m_setup.interlaced = (*first)->interlaced_frame != 0;
    m_setup.topFirst = (*first)->top_field_first != 0;
    auto encoder = Encoder::open(m_setup, **first);
    if (!encoder) {
        return tl::unexpected(encoder.error());
    }
    const Data configuration = extradataOf(encoder->context());
    m_configuration.assign(configuration.begin(), configuration.end());
    m_encoder = std::move(*encoder);
    return {};
}

base::Expected<Muxer::VideoStream> Rewriter::streamFor(bool whole) const {
    const AVStream& source = *m_input->video();
    Muxer::VideoStream out;
    out.timeBase = source.time_base;
    out.rate = rateOf(source, source.codecpar->codec_id);
    out.parameters.reset(avcodec_parameters_alloc());
    if (out.parameters == nullptr) {
        return base::fail(ErrorCode::OutOfMemory, kPlace);
    }
    const std::string& container = m_index->facts.container;
    const bool tagged = container == "mp4" || container == "mov" || container == "avi";
    if (whole) {
        avcodec_parameters_from_context(out.parameters.get(), &m_encoder->context());
        if (auto set = setExtradata(
                *out.parameters,
                cleanedConfiguration(m_index->coding == Coding::Other ? Coding::H264 : m_index->coding,
                                     m_configuration));
            !set) {
            return tl::unexpected(set.error());
        }
    } else {
        avcodec_parameters_copy(out.parameters.get(), source.codecpar);
        const auto joined =
            m_encoder ? m_splice->joinedConfiguration(extradataOf(*source.codecpar), m_configuration)
                      : cleanedConfiguration(m_index->coding, extradataOf(*source.codecpar));
        if (!joined) {
            return base::fail(ErrorCode::NotPossible, kPlace, {"parameter-sets"});
        }
        if (auto set = setExtradata(*out.parameters, *joined); !set) {
            return tl::unexpected(set.error());
        }
        out.parameters->codec_tag = tagged ? source.codecpar->codec_tag : 0;
        if (m_encoder && m_index->coding == Coding::Hevc && container != "avi" && tagged) {
            out.parameters->codec_tag = MKTAG('h', 'e', 'v', '1'); // sets stand among the pictures too
        }
    }
    out.parameters->sample_aspect_ratio = source.sample_aspect_ratio.num > 0
                                              ? source.sample_aspect_ratio
                                              : source.codecpar->sample_aspect_ratio;
    std::size_t size = 0;
    const auto* matrix = av_stream_get_side_data(&source, AV_PKT_DATA_DISPLAYMATRIX, &size);
    if (matrix != nullptr && size >= 9 * sizeof(std::int32_t)) {
        out.displayMatrix.resize(9);
        std::memcpy(out.displayMatrix.data(), matrix, 9 * sizeof(std::int32_t));
    }
    return out;
}

base::Expected<void> Rewriter::put(const std::vector<std::uint8_t>& data, std::int32_t frame, bool key) {
    const PacketPtr packet(av_packet_alloc());
    if (packet == nullptr || data.size() > std::numeric_limits<int>::max() / 2 ||
        av_new_packet(packet.get(), static_cast<int>(data.size())) < 0) {
        return base::fail(ErrorCode::OutOfMemory, kPlace);
    }
    if (m_written >= m_decoding.size()) {
        return base::fail(ErrorCode::Malformed, kPlace, {"order"});
    }
    std::ranges::copy(data, packet->data);
    const auto& row =
        m_index->packets[static_cast<std::size_t>(m_index->order[static_cast<std::size_t>(frame - 1)])];
    packet->pts = row.pts;
    packet->dts = m_decoding[m_written++];
    packet->duration = row.duration;
    packet->flags = key ? AV_PKT_FLAG_KEY : 0;
    return m_muxer->write(*packet, 0, m_input->video()->time_base);
}

base::Expected<void> Rewriter::begin(const Piece& piece) {
    m_piece = piece;
    m_sent = 0;
    m_received = 0;
    const auto first = m_frames->at(piece.first);
    if (!first) {
        return tl::unexpected(first.error());
    }
    auto encoder = Encoder::open(m_setup, **first);
    if (!encoder) {
        return tl::unexpected(encoder.error());
    }
    if (!std::ranges::equal(extradataOf(encoder->context()), m_configuration)) {
        return base::fail(ErrorCode::NotPossible, kPlace, {"parameter-sets"});
    }
    m_encoder = std::move(*encoder);
    return {};
}

base::Expected<bool> Rewriter::deliver() {
    const PacketPtr packet(av_packet_alloc());
    if (packet == nullptr) {
        return base::fail(ErrorCode::OutOfMemory, kPlace);
    }
    const auto got = m_encoder->receive(*packet);
    if (!got || !*got) {
        return got;
    }
    if (packet->pts != m_received) {
        return base::fail(ErrorCode::NotPossible, kPlace, {"order"});
    }
    const bool key = (packet->flags & AV_PKT_FLAG_KEY) != 0;
    const Data data(packet->data, static_cast<std::size_t>(packet->size));
    std::vector<std::uint8_t> written;
    if (m_whole) {
        // The muxer turns start codes into lengths, and keeps the sets apart, where its container wants it
        // so.
        const Coding coding = m_index->coding == Coding::Other ? Coding::H264 : m_index->coding;
        const std::string& container = m_index->facts.container;
        const bool apart = container == "mp4" || container == "mov" || container == "mkv";
        written = Splice(coding, 0, {}).replaced(data, m_configuration, key && !apart);
    } else {
        written = m_splice->replaced(data, m_configuration, key);
    }
    if (auto put_ = put(written, m_piece.first + m_received, key); !put_) {
        return tl::unexpected(put_.error());
    }
    ++m_received;
    return true;
}

base::Expected<void> Rewriter::pump(bool toTheEnd) {
    const std::int32_t count = m_piece.last - m_piece.first + 1;
    while (m_received < count) {
        const auto delivered = deliver();
        if (!delivered) {
            return tl::unexpected(delivered.error());
        }
        if (*delivered) {
            if (!toTheEnd) {
                return {};
            }
            continue;
        }
        if (m_sent > count) {
            return base::fail(ErrorCode::NotPossible, kPlace, {"frames"}); // fewer packets than frames
        }
        if (m_sent == count) {
            ++m_sent;
            if (auto ended = m_encoder->send(nullptr); !ended) {
                return ended;
            }
            continue;
        }
        const std::int32_t number = m_piece.first + m_sent++;
        const auto frame = m_frames->at(number);
        if (!frame) {
            return tl::unexpected(frame.error());
        }
        auto taken = m_encoder->taken(**frame);
        if (!taken) {
            return tl::unexpected(taken.error());
        }
        if (auto painted = m_painter.paint(**taken, number); !painted) {
            return painted;
        }
        if (auto sent = m_encoder->send(taken->get()); !sent) {
            return sent;
        }
    }
    return {};
}

base::Expected<void> Rewriter::videoPacket(AVPacket& packet) {
    if (m_read >= m_index->packets.size()) {
        return base::fail(ErrorCode::SourceChanged, kPlace);
    }
    const auto& row = m_index->packets[m_read++];
    const Data data(packet.data, static_cast<std::size_t>(packet.size));
    if (row.size != packet.size) {
        return base::fail(ErrorCode::SourceChanged, kPlace);
    }
    m_splice->see(data);
    if (row.frame == 0) {
        return {}; // nothing is shown of it, nobody has seen it
    }
    const std::int32_t piece = m_pieceOf[static_cast<std::size_t>(row.frame - 1)];
    if (piece >= 0) {
        const Piece& one = m_pieces[static_cast<std::size_t>(piece)];
        if (m_piece != one) {
            if (auto begun = begin(one); !begun) {
                return begun;
            }
        }
        m_resume = true;
        return pump(false);
    }
    if (m_resume) {
        if (auto finished = pump(true); !finished) {
            return finished;
        }
        if (!m_splice->possible()) {
            return base::fail(ErrorCode::NotPossible, kPlace, {"parameter-sets"});
        }
        m_resume = false;
        return put(m_splice->resumed(data), row.frame, row.key);
    }
    if (m_index->coding == Coding::Other) {
        return base::fail(ErrorCode::NotPossible, kPlace, {"codec"}); // coded anew as a whole, or not at all
    }
    return put(cleaned(m_index->coding, data, m_index->lengthSize), row.frame, row.key);
}

std::int64_t Rewriter::firstPictureUs() const {
    const auto& first = m_index->packets[static_cast<std::size_t>(m_index->order.front())];
    return av_rescale_q(first.pts, {m_index->timeNumerator, m_index->timeDenominator}, {1, 1'000'000});
}

base::Expected<void> Rewriter::run(const std::vector<Piece>& pieces, bool whole, int descriptor) {
    if (auto prepared = prepare(pieces, whole); !prepared) {
        return prepared;
    }
    auto stream = streamFor(whole);
    if (!stream) {
        return tl::unexpected(stream.error());
    }
    std::vector<Muxer::SoundStream> sound;
    std::map<int, int> soundAt;
    std::map<int, std::unique_ptr<SilencedSound>> silenced;
    for (const auto& [number, mute] : m_wish.sound) {
        if (number < 0 || static_cast<unsigned>(number) >= m_input->context()->nb_streams ||
            m_input->context()->streams[number]->codecpar->codec_type != AVMEDIA_TYPE_AUDIO) {
            continue;
        }
        const AVStream& source = *m_input->context()->streams[number];
        if (mute.ranges.empty()) {
            sound.push_back({source.codecpar, source.time_base});
        } else {
            auto made = SilencedSound::open(source, mute, firstPictureUs(), m_index->facts.container);
            if (!made) {
                return tl::unexpected(made.error());
            }
            sound.push_back({&(*made)->parameters(), (*made)->timeBase()});
            silenced.emplace(number, std::move(*made));
        }
        soundAt.emplace(number, static_cast<int>(sound.size()));
    }
    const auto silence = [&](int number, const AVPacket* packet) {
        SilencedSound& one = *silenced.at(number);
        return one.take(packet, [&](AVPacket& coded) {
            return m_muxer->write(coded, soundAt.at(number), one.timeBase());
        });
    };
    auto muxer = Muxer::open(descriptor, m_index->facts.container, *stream, sound);
    if (!muxer) {
        return tl::unexpected(muxer.error());
    }
    m_muxer = std::move(*muxer);
    const PacketPtr packet(av_packet_alloc());
    if (packet == nullptr) {
        return base::fail(ErrorCode::OutOfMemory, kPlace);
    }
    while (av_read_frame(m_input->context(), packet.get()) >= 0) {
        base::Expected<void> done;
        if (packet->stream_index == m_input->videoIndex() && packet->size > 0) {
            done = videoPacket(*packet);
        } else if (silenced.contains(packet->stream_index)) {
            done = silence(packet->stream_index, packet.get());
        } else if (const auto at = soundAt.find(packet->stream_index); at != soundAt.end()) {
            av_packet_free_side_data(packet.get());
            const AVRational from = m_input->context()->streams[packet->stream_index]->time_base;
            done = m_muxer->write(*packet, at->second, from);
        }
        av_packet_unref(packet.get());
        if (!done) {
            return done;
        }
    }
    if (m_input->failure()) {
        return tl::unexpected(*m_input->failure());
    }
    if (m_resume) {
        if (auto finished = pump(true); !finished) {
            return finished;
        }
    }
    for (const auto& [number, one] : silenced) {
        if (auto ended = silence(number, nullptr); !ended) {
            return ended;
        }
    }
    if (m_read != m_index->packets.size() || m_written != m_decoding.size()) {
        return base::fail(ErrorCode::SourceChanged, kPlace);
    }
    return m_muxer->finish();
}

} // namespace kamei::transform::video
