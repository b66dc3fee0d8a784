#include <QCryptographicHash>
#include <QFile>
#include <QTest>
#include <algorithm>
#include <string>

#include "core/base/Resources.h"
#include "core/detect/text/TextDetector.h"
#include "core/detect/text/tagger/SequenceModel.h"

using namespace kamei;
using namespace kamei::detect::text;
using namespace kamei::detect::text::tagger;

namespace {

std::vector<Span> byModel(const TextDetector& detector, const QString& text) {
    std::vector<Span> spans = detector.detect(text.toStdString(), {});
    std::erase_if(spans, [](const Span& span) { return !span.source.starts_with("model."); });
    return spans;
}

// The best score of all paths, or of those in which the word at `outside` is none.
std::int64_t bestOf(const std::vector<Scores>& words, const SequenceModel& model, std::size_t outside) {
    std::vector<std::int64_t> best(kStates, kImpossible);
    best[kOutside] = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
        std::vector<std::int64_t> next(kStates, std::int64_t{kImpossible} * 4);
        for (std::size_t from = 0; from < kStates; ++from) {
            for (std::size_t to = 0; to < kStates; ++to) {
                if ((mayFollow(from, to) && (i > 0 || from == kOutside)) &&
                    (i != outside || to == kOutside)) {
                    next[to] = std::max(next[to], best[from] + model.transitions()[from][to] + words[i][to]);
                }
            }
        }
        best = std::move(next);
    }
    return *std::max_element(best.begin(), best.end());
}

} // namespace

class TestTextModel : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() {
        auto detector = TextDetector::shared();
        QVERIFY(detector.has_value());
        m_detector = *detector;
        const auto bytes = base::readResource("models/text-ja.bin");
        QVERIFY(bytes.has_value());
        m_bytes = *bytes;
    }

    void shipsTheModelOfItsChecksum() {
        const auto line = base::readResource("models/text-ja.sha256");
        QVERIFY(line.has_value());
        const QByteArray sum =
            QCryptographicHash::hash(QByteArray::fromStdString(m_bytes), QCryptographicHash::Sha256);
        QCOMPARE(QByteArray::fromStdString(*line).left(64), sum.toHex());
        QVERIFY(m_bytes.size() < 8'000'000);
    }

    void savesWhatItRead() {
        const auto model = SequenceModel::read(m_bytes);
        QVERIFY(model.has_value());
        QVERIFY(model->features() > 1000);
        QCOMPARE(model->save() == m_bytes, true);
    }

    // Few weights and many are kept in different ways, and words are added some behind one another: the sums
    // are those of adding every weight by itself.
    void addsEveryWeightOfEveryFeature() {
        constexpr std::uint32_t kFeatures = 200;
        const auto name = [](std::uint32_t number) { return number * 21'000'001U; };
        const auto value = [](std::uint32_t number, std::size_t state) {
            return static_cast<std::int16_t>(static_cast<std::int32_t>(number * 31 + state * 7) % 500 - 250);
        };
        std::vector<SequenceModel::Weight> weights;
        for (std::uint32_t number = 1; number <= kFeatures; ++number) {
            for (std::size_t state = 0; state < 1 + number % kStates; ++state) {
                weights.push_back({name(number), static_cast<std::uint8_t>(state), value(number, state)});
            }
        }
        std::sort(weights.begin(), weights.end(), [](const auto& a, const auto& b) {
            return a.feature != b.feature ? a.feature < b.feature : a.state < b.state;
        });
        const SequenceModel model(weights, {}, {});
        std::vector<Scores> want(40, Scores{});
        std::vector<Scores> got(want.size(), Scores{});
        SequenceModel::Adding adding(model);
        for (std::uint32_t word = 0; word < want.size(); ++word) {
            std::vector<std::uint32_t> features{12345}; // one that the model does not know
            for (std::uint32_t number = 1 + word; number <= kFeatures; number += 1 + word) {
                features.push_back(name(number));
                for (std::size_t state = 0; state < 1 + number % kStates; ++state) {
                    want[word][state] += value(number, state);
                }
            }
            adding.add(got[word], features);
        }
        adding.finish();
        QCOMPARE(got == want, true);
        Scores alone{};
        model.addTo(alone, std::array{name(1), name(31), name(200)});
        for (std::size_t state = 0; state < kStates; ++state) {
            std::int32_t sum = 0;
            for (const std::uint32_t number : {1U, 31U, 200U}) {
                sum += state < 1 + number % kStates ? value(number, state) : 0;
            }
            QCOMPARE(alone[state], sum);
        }
    }

    // The decoder leaves out what cannot matter; looking at everything gives the same.
    void decodesAsLookingAtEveryPathDoes() {
        const auto model = SequenceModel::read(m_bytes);
        QVERIFY(model.has_value());
        std::uint64_t state = 7;
        const auto draw = [&](std::int32_t bound) {
            state = state * 6364136223846793005ULL + 1442695040888963407ULL;
            return static_cast<std::int32_t>((state >> 33U) % static_cast<std::uint64_t>(2 * bound)) - bound;
        };
        for (int round = 0; round < 200; ++round) {
            std::vector<Scores> words(static_cast<std::size_t>(1 + round % 9));
            for (Scores& word : words) {
                for (std::int32_t& score : word) {
                    score = draw(round % 2 == 0 ? 600 : 3000);
                }
            }
            Decoded got;
            decode(words, model->steps(), true, got);
            std::int64_t score = 0;
            std::size_t last = kOutside;
            for (std::size_t i = 0; i < words.size(); ++i) {
                score += words[i][got.states[i]] + model->transitions()[last][got.states[i]];
                last = got.states[i];
            }
            QCOMPARE(score, bestOf(words, *model, words.size()));
            for (std::size_t i = 0; i < words.size(); ++i) {
                const std::int64_t without = got.states[i] == kOutside ? score : bestOf(words, *model, i);
                QCOMPARE(static_cast<std::int64_t>(got.margins[i]), score - without);
            }
        }
    }

    void refusesDamagedModels_data() {
        QTest::addColumn<QByteArray>("bytes");
        const QByteArray whole = QByteArray::fromStdString(m_bytes);
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("cut") << whole.left(whole.size() / 2);
        QTest::newRow("longer") << whole + "x";
        QTest::newRow("other labels") << QByteArray(whole).replace("FAMILY_NAME", "FAMILY_NAMF");
        QByteArray state = whole;
        state[state.size() - 3] = '\x7F'; // the state of the last weight
        QTest::newRow("a state that is none") << state;
    }
    void refusesDamagedModels() {
        QFETCH(QByteArray, bytes);
        QVERIFY(!SequenceModel::read(bytes.toStdString()).has_value());
    }

    // Only what stands around them tells that these are names and places of care.
    void findsByContext_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("found");
        const auto row = [](const char* what, const char* text, const char* found) {
            QTest::newRow(what) << QString::fromUtf8(text) << QString::fromUtf8(found);
        };
        row("who lies in a bed", "bed3 長与　人工呼吸。bed4 波佐見　CHDF回路交換 川棚ME。", "長与");
        row("helped by", "発見者 滝田、応援 藤尾。吉永医師診察。", "藤尾");
        row("names of a shift", "A チーム:梶、三浦、今井　B チーム:岸本、大沢　ID 20481", "岸本");
        row("who speaks in a conference",
            "カンファ ID 20481\n相原:「奥さんの疲労が強い」\n木島:「ショートを増やす」", "木島");
    }
    void findsByContext() {
        QFETCH(QString, text);
        QFETCH(QString, found);
        const auto at = static_cast<std::int64_t>(text.indexOf(found));
        const auto spans = byModel(*m_detector, text);
        QVERIFY(std::any_of(spans.begin(), spans.end(), [&](const Span& span) {
            return span.start == at && span.end == at + found.size() && span.label <= Label::OtherName;
        }));
    }

    void saysTheSameAgain() {
        const std::string text = "A チーム:梶、三浦、今井　B チーム:岸本、大沢\n前医より引き継ぎ。";
        const auto first = m_detector->detect(text, {});
        QVERIFY(!m_detector->detect("別の文書。" + text, {}).empty());
        const auto again = m_detector->detect(text, {});
        QCOMPARE(first.size(), again.size());
        for (std::size_t i = 0; i < first.size(); ++i) {
            QCOMPARE(first[i].start, again[i].start);
            QCOMPARE(first[i].confidence, again[i].confidence);
        }
    }

    void leavesAlone_data() {
        QTest::addColumn<QString>("text");
        for (const char* text :
             {"原田スコア4点、久保田の式は用いず。", "ペルテス病の経過は良好、林檎を食べた。",
              "川、山、田、道の順に描画。", "オムロン製の血圧計で測定、フクダ電子のモニター。",
              "要再検とし三か月後に評価。"}) {
            QTest::newRow(text) << QString::fromUtf8(text);
        }
    }
    void leavesAlone() {
        QFETCH(QString, text);
        QVERIFY(byModel(*m_detector, text).empty());
    }

private:
    std::shared_ptr<const TextDetector> m_detector;
    std::string m_bytes;
};

QTEST_APPLESS_MAIN(TestTextModel)
#include "TestTextModel.moc"
