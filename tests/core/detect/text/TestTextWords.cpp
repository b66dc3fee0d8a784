#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <fstream>
#include <mecab.h>
#include <memory>
#include <nlohmann/json.hpp>
#include <random>
#include <string>

#include "core/detect/japanese/Normalise.h"
#include "core/detect/text/words/Dictionary.h"
#include "core/detect/text/words/Lattice.h"
#include "core/detect/text/words/Morphemes.h"

using namespace kamei;
using namespace kamei::detect;
using namespace kamei::detect::text::words;

namespace {

// Where words begin and end, their number in pos-id.def and whether the dictionary holds them.
using Words = std::vector<std::array<std::size_t, 4>>;

Words byLattice(const Dictionary& dictionary, const std::u32string& sentence) {
    thread_local Lattice lattice;
    Words out;
    for (const Lattice::Word& word : lattice.split(dictionary, sentence)) {
        out.push_back({word.start, word.end, word.pos, word.unknown ? 1U : 0U});
    }
    return out;
}

Words byMeCab(const MeCab::Tagger& tagger, std::u32string sentence) {
    std::replace(sentence.begin(), sentence.end(), U'\0', U' ');
    const std::string bytes = japanese::toUtf8(sentence);
    const std::unique_ptr<MeCab::Lattice> lattice(MeCab::createLattice());
    lattice->set_sentence(bytes.data(), bytes.size());
    Words out;
    if (!tagger.parse(lattice.get())) {
        return out;
    }
    const auto place = [&](const char* at) {
        return japanese::toCodePoints(
                   std::string_view(bytes).substr(0, static_cast<std::size_t>(at - bytes.data())))
            .size();
    };
    for (const MeCab::Node* node = lattice->bos_node()->next; node->next != nullptr; node = node->next) {
        out.push_back({place(node->surface), place(node->surface + node->length), node->posid,
                       node->stat == MECAB_UNK_NODE ? 1U : 0U});
    }
    return out;
}

std::vector<std::u32string> sentencesOf(const char* file) {
    std::vector<std::u32string> out;
    std::ifstream in(std::string(KAMEI_TEST_DATA "/text/") + file);
    for (std::string line; std::getline(in, line);) {
        const std::u32string text =
            japanese::toCodePoints(nlohmann::json::parse(line)["text"].get<std::string>());
        for (std::size_t start = 0; start < text.size();) {
            const std::size_t end = std::min(text.find_first_of(U"\n。", start), text.size() - 1) + 1;
            out.push_back(text.substr(start, std::min(end - start, Lattice::kLongest)));
            start = end;
        }
    }
    return out;
}

} // namespace

class TestTextWords : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() {
        const std::string folder = Analyser::folder();
        QVERIFY(!folder.empty());
        auto dictionary = Dictionary::load(folder);
        QVERIFY(dictionary.has_value());
        m_dictionary = std::move(*dictionary);
        m_tagger.reset(MeCab::createTagger(("-r /dev/null -d " + folder).c_str()));
        QVERIFY(m_tagger != nullptr);
    }

    void areThoseOfMeCab_data() {
        QTest::addColumn<QString>("sentence");
        QTest::newRow("one-word") << u"病院"_qs;
        QTest::newRow("known-and-unknown") << u"術後三日目にドレーンを抜去した。"_qs;
        QTest::newRow("blanks-before-between-behind") << u"  山田  太郎 \t\n"_qs;
        QTest::newRow("blanks-alone") << u"   "_qs;
        QTest::newRow("long-run-of-one-kind")
            << QString(60, u'a') + u" "_qs + QString(25, u'ア') + QString(26, u'ァ');
        QTest::newRow("runs-of-24-to-26")
            << QString(24, u'x') + u"。"_qs + QString(25, u'x') + u"。"_qs + QString(26, u'x');
        QTest::newRow("digits-and-marks") << u"BP 128/76 mmHg, (SpO2:98%)"_qs;
        QTest::newRow("kanji-numerals") << u"千二百三十四万五千六百七十八円"_qs;
        QTest::newRow("beyond-the-plane") << u"𠮷田さん🙂です𠮷"_qs;
        QTest::newRow("other-scripts") << u"αβγ Дмитрий Ðéü ﷺ"_qs;
        QTest::newRow("nought") << QString(u'あ') + QChar(0) + QString(u'い');
        QTest::newRow("last-of-the-plane") << QString(u'あ') + QChar(0xFFFF) + QChar(0xFFFE) + QString(u'い');
    }
    void areThoseOfMeCab() {
        QFETCH(QString, sentence);
        const std::u32string text = sentence.toStdU32String();
        QCOMPARE(byLattice(m_dictionary, text) == byMeCab(*m_tagger, text), true);
    }

    void areThoseOfMeCabInNotes_data() {
        QTest::addColumn<QString>("file");
        for (const char* file : {"heldout.jsonl", "voices.jsonl", "scenes.jsonl", "quiet.jsonl"}) {
            QTest::newRow(file) << QString::fromLatin1(file);
        }
    }
    void areThoseOfMeCabInNotes() {
        QFETCH(QString, file);
        const auto sentences = sentencesOf(file.toLatin1().constData());
        QVERIFY(sentences.size() > 20);
        std::mt19937 random(7); // NOLINT: the same at every run
        for (const std::u32string& sentence : sentences) {
            QCOMPARE(byLattice(m_dictionary, sentence) == byMeCab(*m_tagger, sentence), true);
            // The same with its letters in no order: hardly a word of it is in the dictionary.
            std::u32string mixed = sentence;
            std::shuffle(mixed.begin(), mixed.end(), random);
            QCOMPARE(byLattice(m_dictionary, mixed) == byMeCab(*m_tagger, mixed), true);
        }
    }

    void ofALongerSentenceOnlyTheBeginningIsRead() {
        const std::u32string text(Lattice::kLongest + 7, U'ん');
        QCOMPARE(byLattice(m_dictionary, text) == byMeCab(*m_tagger, text.substr(0, Lattice::kLongest)),
                 true);
    }

    void refusesWhatIsNoDictionary_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<bool>("cut"); // half of the file, or another first byte
        for (const char* file : {"sys.dic", "unk.dic", "char.bin", "matrix.bin"}) {
            QTest::addRow("%s-cut", file) << QString::fromLatin1(file) << true;
        }
        QTest::newRow("sys.dic-of-another-kind") << u"sys.dic"_qs << false;
        QTest::newRow("unk.dic-of-another-kind") << u"unk.dic"_qs << false;
        QTest::newRow("matrix.bin-of-other-sizes") << u"matrix.bin"_qs << false;
    }
    void refusesWhatIsNoDictionary() {
        QFETCH(QString, file);
        QFETCH(bool, cut);
        const QTemporaryDir folder;
        const QString from = QString::fromStdString(Analyser::folder());
        for (const QString& name : {u"sys.dic"_qs, u"unk.dic"_qs, u"char.bin"_qs, u"matrix.bin"_qs}) {
            if (name != file) {
                QVERIFY(QFile::link(from + u'/' + name, folder.filePath(name)));
                continue;
            }
            QFile whole(from + u'/' + name);
            QVERIFY(whole.open(QIODevice::ReadOnly));
            QByteArray bytes = whole.readAll();
            if (cut) {
                bytes.truncate(bytes.size() / 2);
            } else {
                bytes[0] = static_cast<char>(bytes[0] + 1);
            }
            QFile written(folder.filePath(name));
            QVERIFY(written.open(QIODevice::WriteOnly) && written.write(bytes) == bytes.size());
        }
        QVERIFY(!Dictionary::load(folder.path().toStdString()).has_value());
    }

private:
    Dictionary m_dictionary;
    std::unique_ptr<MeCab::Tagger> m_tagger;
};

QTEST_APPLESS_MAIN(TestTextWords)
#include "TestTextWords.moc"
