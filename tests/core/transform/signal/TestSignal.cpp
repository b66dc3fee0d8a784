#include <QProcess>
#include <QTest>

#include "core/detect/SignalDetector.h"
#include "core/intake/Shown.h"
#include "core/intake/encoding/Encoding.h"
#include "core/intake/signal/Page.h"
#include "core/intake/text/Roles.h"
#include "tests/core/transform/RecordBench.h"
#include "tests/core/transform/signal/EdfBytes.h"
#include "tests/core/transform/signal/Recordings.h"

using namespace kamei;
using namespace std::string_literals;
using base::ErrorCode;
using test::deleteAll;
using test::EdfBytes;
using test::keepAll;
using test::RecordBench;

namespace {

std::string annotation(const std::string& text) {
    return "+0\x14\x14"s + '\0' +
           "+1.5\x15"
           "2\x14" +
           text + "\x14" + '\0';
}

std::string at(const std::string& bytes, std::size_t offset, std::size_t size) {
    std::string out = bytes.substr(offset, size);
    out.erase(out.find_last_not_of(' ') + 1);
    return out;
}

} // namespace

class TestSignal : public QObject {
    Q_OBJECT

private slots:
    /// 5.3.3: no field of a reader stays unseen because its role has no row among the recordings'.
    void everyRoleMeansSomething() {
        for (const auto& role : intake::text::roles()) {
            const auto meaning = detect::signalMeaningOf(role.role, {});
            QVERIFY2(meaning.has_value(), role.role.data());
            QVERIFY2(!meaning->rule.rule.empty(), role.role.data());
        }
        QCOMPARE(detect::signalMeaningOf("patient.name", {})->rule.rule, "physiology.patient-name");
        QCOMPARE(detect::signalMeaningOf("patient.phone", {})->rule.rule, "clinical-text.telephone-number");
        QCOMPARE(detect::signalMeaningOf("nobody.knows", {})->rule.action, model::Action::Delete);
        for (const char* plain : {"text", "structure", "binary"}) {
            QVERIFY2(!detect::signalMeaningOf(plain, {}), plain);
        }
    }

    void rules_data() {
        test::addRuleColumns();
        const auto row = test::addRule;
        using model::Action;
        row("5.3.3 chart number", "physiology.chart-number", "patient/code", "00458812", Action::Replace);
        row("5.3.3 patient name", "physiology.patient-name", "patient/name", "Yamada_Taro", Action::Delete);
        row("5.3.3 birth date", "physiology.birth-date", "patient/birthdate", "30-JUN-1969",
            Action::Generalise);
        row("5.3.3 sex", "physiology.sex", "patient/sex", "M", Action::Keep);
        row("5.3.3 examination date", "physiology.examination-date", "start/date", "04.04.11", Action::Shift);
        row("5.3.3 examination date of EDF+", "physiology.examination-date", "recording/startdate",
            "04-APR-2011", Action::Shift);
        row("5.3.3 clinician name", "physiology.clinician-name", "recording/technician", "Morimoto_Hajime",
            Action::Delete);
        row("5.3.3 examination identifier", "physiology.device-id", "recording/admincode", "EEG-2011-77",
            Action::Delete);
        row("5.3.3 device, option device-identity", "physiology.device-id", "recording/equipment", "NK-1100",
            Action::Keep);
        row("5.3.3 facility", "physiology.facility-id", "recording/additional", "Minato_Clinic",
            Action::Delete);
        row("fail closed: what else is said of the patient", "physiology.patient-name", "patient/additional",
            "right_handed", Action::Delete);
    }
    void rules() {
        QFETCH(QString, rule);
        QFETCH(QString, path);
        QFETCH(QString, text);
        QFETCH(int, action);
        for (const bool bdf : {false, true}) {
            const auto out = m_bench.run(EdfBytes{.bdf = bdf}.bytes(), bdf ? "bdf" : "edf");
            QVERIFY(!out.error);
            const auto* finding = out.find(rule.toStdString(), path.toStdString());
            QVERIFY(finding != nullptr);
            QCOMPARE(QString::fromStdString(finding->text), text);
            QCOMPARE(int(finding->suggested), action);
            QVERIFY(m_bench.rules().find(finding->rule) != nullptr);
            QCOMPARE(out.extension, std::string(bdf ? "bdf" : "edf"));
        }
    }

    void describesThePerson() {
        const auto out = m_bench.run(EdfBytes{}.bytes(), "edf");
        QCOMPARE(out.description.kind, model::AssetKind::Signal);
        QCOMPARE(out.description.subject.patientId, "00458812"s);
        QCOMPARE(out.description.subject.names, std::vector{"Yamada Taro"s});
        QCOMPARE(out.description.subject.birthDate, "19690630"s);
        QCOMPARE(out.description.subject.sex, "M"s);
        EdfBytes unknown;
        unknown.patient = "X X X X";
        QVERIFY(m_bench.run(unknown.bytes(), "edf").description.subject.empty());
    }

    void writesInPlace() {
        for (const bool bdf : {false, true}) {
            const EdfBytes source{.bdf = bdf};
            const std::string before = source.bytes();
            const auto out = m_bench.run(before, "edf");
            QVERIFY(!out.error);
            QCOMPARE(out.bytes.size(), before.size());
            for (const char* gone : {"00458812", "Yamada", "Taro", "Morimoto", "Minato", "30-JUN",
                                     "04-APR-2011", "04.04.11", "EEG-2011-77"}) {
                QVERIFY2(out.bytes.find(gone) == std::string::npos, gone);
            }
            QCOMPARE(at(out.bytes, 8, 80), m_bench.subject().pseudonym + " M 01-JUN-1969 X");
            const std::string recording = at(out.bytes, 88, 80);
            QVERIFY2(recording.starts_with("Startdate ") && recording.ends_with(" X X NK-1100"),
                     recording.c_str());
            // Both dates moved by the same days.
            QCOMPARE(intake::signal::readDate(recording.substr(10, 11), intake::signal::DateForm::Long),
                     intake::signal::readDate(at(out.bytes, 168, 8), intake::signal::DateForm::Short));
            QCOMPARE(at(out.bytes, 176, 8), "12.57.02"s);
            // Everything behind the dates of the header, samples and annotations with it, is what it was.
            QVERIFY(out.bytes.substr(176) == before.substr(176));
        }
    }

    void untouchedIsTheSameFile() {
        const std::string before = EdfBytes{.annotations = {annotation("山田太郎さん来室")}}.bytes();
        const auto out = m_bench.run(before, "edf", true, keepAll);
        QVERIFY(!out.error);
        QVERIFY(out.bytes == before);
    }

    void deletedDatesBecomeUnknown() {
        const auto out = m_bench.run(EdfBytes{}.bytes(), "edf", true, deleteAll);
        QVERIFY(!out.error);
        QCOMPARE(at(out.bytes, 8, 80), "X X X X"s);
        QCOMPARE(at(out.bytes, 88, 80), "Startdate X X X X"s);
        QCOMPARE(at(out.bytes, 168, 8), "01.01.85"s);
        QCOMPARE(at(out.bytes, 176, 8), "00.00.00"s);
    }

    void annotations_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("gone");
        QTest::addColumn<QString>("stays");
        QTest::newRow("utf-8") << QByteArray("山田太郎さん 過換気開始") << "山田"
                               << "過換気開始";
        QTest::newRow("cp932, as devices in Japan write")
            << QByteArray::fromStdString(
                   *intake::encoding::encode("山田太郎さん 過換気開始", intake::encoding::Encoding::Cp932))
            << "山田"
            << "過換気開始";
        QTest::newRow("known number") << QByteArray("HV start 00458812") << "00458812"
                                      << "HV start";
    }
    void annotations() {
        QFETCH(QByteArray, text);
        QFETCH(QString, gone);
        QFETCH(QString, stays);
        EdfBytes source;
        source.annotations = {annotation(text.toStdString())};
        const std::string before = source.bytes();
        const auto out =
            m_bench.run(before, "edf", true, nullptr, {{{}, "patient-name", "山田 太郎", {}, {}}});
        QVERIFY(!out.error);
        QCOMPARE(out.bytes.size(), before.size());
        // An independent look: the onset stays, and the record is filled with zeros behind the list.
        const std::size_t list = before.find("+1.5\x15");
        QCOMPARE(out.bytes.substr(list, 7), before.substr(list, 7));
        QCOMPARE(out.bytes.back(), '\0');
        const auto page = intake::readShown(out.bytes, "edf");
        QVERIFY(page.has_value());
        const QString shown = QString::fromStdString(page->text());
        QVERIFY(!shown.contains(gone));
        QVERIFY2(shown.contains(stays), qPrintable(shown));
    }

    void fullRecordsStillTakeWhatReplaces() {
        EdfBytes source;
        source.annotations = {annotation("Dr Ito")};
        source.annotations[0].resize(source.annotations[0].size() + source.annotations[0].size() % 2, '\0');
        source.annotationSamples = source.annotations[0].size() / 2;
        const auto out =
            m_bench.run(source.bytes(), "edf", true, nullptr, {{{}, "clinician", "Dr Ito", {}, {}}});
        QVERIFY(!out.error);
        QVERIFY(out.bytes.find("Ito") == std::string::npos);
        QCOMPARE(out.bytes.size(), source.bytes().size());
    }

    void wordsInFieldsOfChannels() {
        EdfBytes source;
        source.transducer = "cap of 00458812";
        source.signalReserved = "ward 5 Yamada";
        const auto out = m_bench.run(source.bytes(), "edf");
        QVERIFY(!out.error);
        QVERIFY(out.bytes.find("00458812") == std::string::npos);
        QVERIFY(out.bytes.find("ward 5") == std::string::npos); // reserved: nobody knows what it is
        QVERIFY(out.bytes.find("EEG Fp2-Ref") != std::string::npos);
    }

    void plainEdfSaysNotWhatItsFieldsHold() {
        EdfBytes source;
        source.plus = false;
        source.patient = "Yamada Taro 1969";
        source.recording = "Minato Clinic, Dr Morimoto";
        const auto out = m_bench.run(source.bytes(), "edf");
        QVERIFY(!out.error);
        QCOMPARE(at(out.bytes, 8, 160), ""s);
    }

    void annotationsAreReadWhateverTheHeaderCallsItself() {
        EdfBytes source;
        source.plus = false;
        source.annotations = {annotation("HV start 00458812")};
        const auto out =
            m_bench.run(source.bytes(), "edf", true, nullptr, {{{}, "patient-id", "00458812", {}, {}}});
        QVERIFY(!out.error);
        QVERIFY(out.bytes.find("00458812") == std::string::npos);
        QVERIFY(out.bytes.find("HV start") != std::string::npos);
    }

    void badInput_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("code");
        const auto row = [](const char* name, const EdfBytes& edf, ErrorCode code) {
            QTest::newRow(name) << QByteArray::fromStdString(edf.bytes()) << int(code);
        };
        row("wrong header size", EdfBytes{.headerSize = "512"}, ErrorCode::Malformed);
        row("negative number of signals", EdfBytes{.channels = "-2"}, ErrorCode::Malformed);
        row("no signals", EdfBytes{.channels = "0", .headerSize = "256"}, ErrorCode::Malformed);
        row("9999 signals", EdfBytes{.channels = "9999", .headerSize = "2560000"}, ErrorCode::Truncated);
        row("negative number of samples", EdfBytes{.samplesEach = "-4"}, ErrorCode::Malformed);
        row("99999999 samples", EdfBytes{.samplesEach = "99999999"}, ErrorCode::Truncated);
        row("records that are not there", EdfBytes{.records = "99999999"}, ErrorCode::Truncated);
        row("negative number of records", EdfBytes{.records = "-7"}, ErrorCode::Malformed);
        row("bytes behind the last record", EdfBytes{.behind = "Yamada Taro"}, ErrorCode::Malformed);
        row("text in a number", EdfBytes{.samplesEach = "4 Yamada"}, ErrorCode::Malformed);
        row("text in the date", EdfBytes{.date = "Yamada"}, ErrorCode::UnknownFormat);
        row("text in the time", EdfBytes{.time = "Taro"}, ErrorCode::Malformed);
        row("annotation without onset", EdfBytes{.annotations = {"Yamada\x14" + std::string(1, '\0')}},
            ErrorCode::Malformed);
        row("annotation without end", EdfBytes{.annotations = {std::string(60, 'A')}}, ErrorCode::Malformed);
        row("something behind the zeros", EdfBytes{.annotations = {annotation("a") + "\0\0Yamada"s}},
            ErrorCode::Malformed);
        QTest::newRow("cut in the header")
            << QByteArray::fromStdString(EdfBytes{}.bytes().substr(0, 300)) << int(ErrorCode::Truncated);
        QTest::newRow("cut in a record")
            << QByteArray::fromStdString(EdfBytes{}.bytes().substr(0, 800)) << int(ErrorCode::Truncated);
    }
    void badInput() {
        QFETCH(QByteArray, bytes);
        QFETCH(int, code);
        const auto out = m_bench.run(bytes.toStdString(), "edf");
        QVERIFY(out.error.has_value());
        if (ErrorCode(code) != ErrorCode::UnknownFormat) {
            QCOMPARE(int(out.error->code), code);
        }
    }

    void annotatedEcg() {
        const std::string xml =
            "<?xml version=\"1.0\"?><AnnotatedECG xmlns=\"urn:hl7-org:v3\"><id root=\"1.2.3\" "
            "extension=\"E-1\"/>"
            "<effectiveTime><center value=\"20240605101500\"/></effectiveTime><componentOf><timepointEvent>"
            "<componentOf><subjectAssignment><subject><trialSubject><id root=\"1.2.9\" "
            "extension=\"00458812\"/>"
            "<subjectDemographicPerson><name>山田太郎</name><birthTime value=\"19690630\"/>"
            "</subjectDemographicPerson></trialSubject></subject></subjectAssignment></componentOf>"
            "</timepointEvent></componentOf><component><series><secondaryPerformer><seriesPerformer>"
            "<assignedPerson><name>森本 一</name></assignedPerson></seriesPerformer></secondaryPerformer>"
            "<sequence><value><head value=\"20240605101500\"/><digits>1 2 -3 "
            "45812</digits></value></sequence>"
            "</series></component></AnnotatedECG>";
        const auto out = m_bench.run(xml, "xml");
        QVERIFY(!out.error);
        QCOMPARE(out.description.kind, model::AssetKind::Signal);
        QCOMPARE(out.description.subject.patientId, "00458812"s);
        QCOMPARE(out.extension, "xml"s);
        for (const char* rule :
             {"physiology.patient-name", "physiology.chart-number", "physiology.birth-date",
              "physiology.clinician-name", "physiology.examination-date"}) {
            QVERIFY2(out.find(rule) != nullptr, rule);
        }
        for (const char* gone : {"00458812", "山田", "森本", "20240605", "19690630"}) {
            QVERIFY2(out.bytes.find(gone) == std::string::npos, gone);
        }
        QVERIFY(out.bytes.find("<digits>1 2 -3 45812</digits>") != std::string::npos);
    }

    void refusedByName_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("extension");
        QTest::addColumn<QString>("format");
        std::string nihonKohden(0x100, '\0');
        nihonKohden.replace(0, 15, "EEG-1100C V01.0");
        nihonKohden.replace(0x81, 15, "EEG-1100C V01.0");
        QTest::newRow("Nihon Kohden") << QByteArray::fromStdString(nihonKohden) << "eeg"
                                      << "nihon-kohden-eeg";
        QTest::newRow("Nihon Kohden, electrodes") << QByteArray("[ELECTRODE]\r\n0000=Fp2\r\n") << "21e"
                                                  << "nihon-kohden-eeg";
        QTest::newRow("Philips Sierra")
            << QByteArray("<restingecgdata xmlns=\"http://www3.medical.philips.com\"/>") << "xml"
            << "philips-sierra-ecg";
    }
    void refusedByName() {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, extension);
        QFETCH(QString, format);
        const auto out = m_bench.run(bytes.toStdString(), extension.toStdString());
        QVERIFY(out.error.has_value());
        QCOMPARE(out.error->code, ErrorCode::UnsupportedFormat);
        QCOMPARE(QString::fromStdString(out.error->args.front()), format);
    }

    void samples_data() { test::addSampleRows({".edf", ".bdf"}); }
    void samples() {
        QFETCH(QString, path);
        if (path.isEmpty()) {
            if (!QDir(test::sampleFolder()).exists()) {
                QSKIP("the shared samples are not here");
            }
            return;
        }
        const std::string before = test::sampleBytes(path);
        QVERIFY(!before.empty());
        const auto kept = m_bench.run(before, "edf", true, keepAll);
        QVERIFY(!kept.error);
        QVERIFY(kept.bytes == before);
        const auto out = m_bench.run(before, "edf", true, deleteAll);
        QVERIFY(!out.error);
        QCOMPARE(out.bytes.size(), before.size());
        QCOMPARE(at(out.bytes, 168, 8), "01.01.85"s);
    }

private:
    RecordBench m_bench;
};

QTEST_GUILESS_MAIN(TestSignal)
#include "TestSignal.moc"
