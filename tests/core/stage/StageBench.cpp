// Prints what staging costs beside the transform: residual search, hash, and writing with a batch's syncs.
// bench_stage FOLDER [FILES]: FOLDER is made into a scratch store; nothing is asserted.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

#include "core/base/Digest.h"
#include "core/stage/ContentStore.h"
#include "core/stage/ResidualSearch.h"
#include "core/stage/StageSource.h"

namespace {

using kamei::model::KnownIdentifier;

constexpr std::size_t kHeader = 6 * 1024;
constexpr std::size_t kPixels = 512 * 512 * 2;

double cpuSeconds() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

double wallSeconds() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

std::vector<KnownIdentifier> knownIdentifiers() {
    std::vector<KnownIdentifier> out;
    const auto add = [&out](const char* kind, const char* value) {
        out.push_back({{}, kind, value, {}, {}});
    };
    add("patient-name", "YAMADA^TAROU");
    add("patient-name", "山田^太郎");
    add("patient-name", "やまだ^たろう");
    add("patient-id", "1234500");
    add("birth-date", "19480717");
    add("address", "神奈川県横浜市西区みなとみらい2-2-1");
    add("phone", "045-123-4567");
    add("accession", "A0000012");
    add("facility", "東都大学医学部附属病院");
    for (const char* clinician :
         {"TANAKA^JIRO=田中^次郎=たなか^じろう", "ITO^SABURO=伊藤^三郎", "KATO^SHIRO=加藤^四郎",
          "KIMURA^GORO=木村^五郎", "MORI^ROKU=森^六", "ABE^NANA=阿部^奈々"}) {
        add("clinician", clinician);
    }
    for (int i = 0; i < 220; ++i) {
        const std::string uid = "1.2.826.0.1.3680043.8.498.20000.12." + std::to_string(i);
        add("uid", uid.c_str());
    }
    return out;
}

// Bytes like those of a CT file: text and small numbers, then 16-bit values around 0 and -1024 with noise.
std::vector<std::byte> ctLike(std::uint32_t seed) {
    std::mt19937 random(seed);
    std::normal_distribution<double> noise(0, 12);
    std::vector<std::byte> out(kHeader + kPixels);
    for (std::size_t i = 0; i < kHeader; ++i) {
        out[i] = static_cast<std::byte>(i % 9 < 6 ? 0x20 + random() % 0x5F : random() % 4);
    }
    for (std::size_t i = 0; i < kPixels; i += 2) {
        const double level = (i / 1024) % 512 < 200 ? -1000 : 40;
        const auto value = static_cast<std::uint16_t>(static_cast<std::int16_t>(level + noise(random)));
        out[kHeader + i] = static_cast<std::byte>(value & 0xFF);
        out[kHeader + i + 1] = static_cast<std::byte>(value >> 8);
    }
    return out;
}

class CopyTransform final : public kamei::transform::Transform {
public:
    explicit CopyTransform(const std::vector<std::byte>& data) : m_data(data) {}
    kamei::base::Sha256 digest() const override { return {}; }
    std::string_view extension() const override { return "dcm"; }
    kamei::base::Expected<kamei::transform::Result> apply(const kamei::model::Source& source,
                                                          kamei::transform::ByteSink& out) const override {
        auto done = out.write(std::as_bytes(std::span(&source.id, 1)));
        if (done) {
            done = out.write(m_data);
        }
        if (!done) {
            return tl::unexpected(done.error());
        }
        return kamei::transform::Result{{{kHeader + sizeof source.id, kPixels}}};
    }
    std::string outputName(const kamei::model::Source&) const override { return "copy"; }

private:
    const std::vector<std::byte>& m_data;
};

template <class Body> void measure(const char* name, std::size_t bytes, int rounds, Body&& body) {
    const double wall = wallSeconds();
    const double cpu = cpuSeconds();
    for (int i = 0; i < rounds; ++i) {
        body(i);
    }
    const double cpuMs = (cpuSeconds() - cpu) * 1000 / rounds;
    const double wallMs = (wallSeconds() - wall) * 1000 / rounds;
    std::printf("%-44s %8.3f ms CPU %8.3f ms wall %8.2f GB/s\n", name, cpuMs, wallMs,
                static_cast<double>(bytes) / cpuMs / 1e6);
}

} // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        std::fprintf(stderr, "usage: bench_stage FOLDER [FILES]\n");
        return 2;
    }
    const std::filesystem::path folder = argv[1];
    const int files = argc > 2 ? std::atoi(argv[2]) : 1024;
    std::filesystem::create_directories(folder);
    const auto known = knownIdentifiers();
    kamei::stage::ResidualSearch search;
    measure("build (235 identifiers)", 0, 20,
            [&](int) { search = std::move(*kamei::stage::ResidualSearch::build(known)); });
    std::printf("%-44s %zu forms, %.2f MB\n", "search", search.forms(),
                static_cast<double>(search.memory()) / 1e6);

    const std::vector<std::byte> ct = ctLike(1);
    std::vector<std::byte> noise(ct.size());
    std::mt19937 random(2);
    for (std::byte& b : noise) {
        b = static_cast<std::byte>(random() & 0xFF);
    }
    const std::vector<kamei::transform::Result::Range> native{{kHeader, kPixels}};
    std::size_t found = 0;
    using kamei::stage::Content;
    measure("search, CT-like, native pixels", ct.size(), 400,
            [&](int) { found += search.search(ct, Content::Binary, native).size(); });
    measure("search, CT-like, as any bytes", ct.size(), 400,
            [&](int) { found += search.search(ct, Content::Binary).size(); });
    measure("search, random bytes (compressed)", noise.size(), 400,
            [&](int) { found += search.search(noise, Content::Binary).size(); });
    measure("SHA-256", ct.size(), 400, [&](int) { found += kamei::base::sha256(ct).isZero() ? 1 : 0; });
    std::printf("%-44s %zu\n", "found in all rounds", found);

    const auto store = kamei::stage::ContentStore::open(folder);
    if (!store) {
        return 5;
    }
    kamei::stage::Batch batch(*store);
    const CopyTransform transform(ct);
    measure("stageSource + commit, a file", ct.size(), files, [&](int i) {
        kamei::model::Source source;
        source.id.value = i + 1;
        if (!stageSource(transform, source, batch, search)) {
            std::exit(5);
        }
        if (batch.size() >= kamei::stage::Batch::kSize && !batch.commit()) {
            std::exit(5);
        }
    });
    return batch.commit() ? 0 : 5;
}
