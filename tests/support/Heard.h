#pragma once

#include <QProcess>
#include <QStringList>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <vector>

// What an independent program says of a file, and what is heard in its sound.
namespace kamei::test {

/// What a program prints; nothing when it fails.
inline QByteArray printed(const QString& program, const QStringList& arguments) {
    QProcess process;
    process.start(program, arguments);
    return process.waitForFinished(60'000) && process.exitCode() == 0 ? process.readAllStandardOutput()
                                                                      : QByteArray();
}

/// The sound of a file as FFmpeg decodes it: one channel.
inline std::vector<std::int16_t> heard(const QString& path, int samplesPerSecond) {
    const QByteArray raw =
        printed("ffmpeg", {"-nostdin", "-v", "error", "-i", path, "-map", "0:a:0", "-ac", "1", "-ar",
                           QString::number(samplesPerSecond), "-f", "s16le", "-"});
    std::vector<std::int16_t> out(static_cast<std::size_t>(raw.size()) / 2);
    std::memcpy(out.data(), raw.constData(), out.size() * 2);
    return out;
}

/// Root mean square of the samples `from` to `to`, end exclusive; -1 where there are none.
inline double loudness(const std::vector<std::int16_t>& samples, double from, double to) {
    double sum = 0;
    std::size_t count = 0;
    for (auto i = static_cast<std::size_t>(from); i < static_cast<std::size_t>(to) && i < samples.size();
         ++i, ++count) {
        sum += static_cast<double>(samples[i]) * samples[i];
    }
    return count == 0 ? -1 : std::sqrt(sum / static_cast<double>(count));
}

} // namespace kamei::test
