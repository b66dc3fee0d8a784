#include <QTemporaryDir>
#include <QTest>
#include <chrono>
#include <fstream>
#include <sys/stat.h>

#include "core/base/FileIo.h"
#include "core/keys/KeyStore.h"
#include "core/keys/Sealed.h"
#include "core/keys/Witness.h"

using namespace kamei::keys;
using kamei::base::ErrorCode;
using kamei::base::Redacted;
namespace fs = std::filesystem;

namespace {

const Redacted kRight("passphrase", "correct horse battery");
const Redacted kOther("passphrase", "correct horse batterz");

std::span<const std::byte> bytes(std::string_view text) {
    return std::as_bytes(std::span(text));
}

fs::path onlyFile(const fs::path& folder) {
    return fs::directory_iterator(folder)->path();
}

} // namespace

class TestKeys : public QObject {
    Q_OBJECT

private slots:
    /// RFC 8032 7.1, test 2: the key pair that follows from a seed.
    void keyPairsAreThoseOfTheStandard() {
        const std::array<unsigned char, 32> seed{
            0x4c, 0xcd, 0x08, 0x9b, 0x28, 0xff, 0x96, 0xda, 0x9d, 0xb6, 0xc3, 0x46, 0xec, 0x11, 0x4e, 0x0f,
            0x5b, 0x8a, 0x31, 0x9f, 0x35, 0xab, 0xa6, 0x24, 0xda, 0x8c, 0xf6, 0xed, 0x4f, 0xb8, 0xa6, 0xfb};
        const auto identity = Identity::fromSeed("x", Role::Radiologist, std::as_bytes(std::span(seed)));
        QCOMPARE((*identity)->person().key.hex(),
                 std::string("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"));
    }

    void signaturesHoldForBytesPurposeAndPerson() {
        const auto one = Identity::generate("森田 彩", Role::DataManager);
        const auto two = Identity::generate("森田 彩", Role::DataManager);
        const auto signature = one->sign("audit-entry", bytes("message"));
        QVERIFY(verify(one->person().key, "audit-entry", bytes("message"), signature));
        QVERIFY(!verify(one->person().key, "audit-entry", bytes("messagf"), signature));
        QVERIFY(!verify(one->person().key, "manifest", bytes("message"), signature));
        QVERIFY(!verify(two->person().key, "audit-entry", bytes("message"), signature));
        QVERIFY(one->person().key != two->person().key);
        QCOMPARE(*PublicKey::fromHex(one->person().key.hex()), one->person().key);
        QCOMPARE(*Signature::fromHex(signature.hex()), signature);
        QCOMPARE(one->person().key.fingerprint().size(), std::size_t{19});
        // Purpose and message cannot flow into each other.
        QVERIFY(!verify(one->person().key, "audit-entr", bytes("ymessage"), signature));
    }

    void keyIsKeptUnderItsPassphraseForItsUserAlone() {
        QTemporaryDir parent;
        const fs::path folder = fs::path(parent.path().toStdString()) / "kamei" / "keys";
        const KeyStore store(folder);
        QVERIFY(store.list()->empty());
        const auto made = store.create("森田 彩", Role::DataManager, kRight);
        QVERIFY(made);
        struct stat info {};
        QCOMPARE(::stat(onlyFile(folder).c_str(), &info), 0);
        QCOMPARE(info.st_mode & 0777U, 0600U);
        QCOMPARE(::stat(folder.c_str(), &info), 0);
        QCOMPARE(info.st_mode & 0777U, 0700U);
        const auto listed = *store.list();
        QCOMPARE(listed.size(), std::size_t{1});
        QCOMPARE(listed[0].person, (*made)->person());
        const auto key = listed[0].person.key;
        const auto unlocked = store.unlock(key, kRight);
        QVERIFY(unlocked);
        const auto signature = (*unlocked)->sign("p", bytes("m"));
        QVERIFY(verify(key, "p", bytes("m"), signature));
        // The secret stands nowhere in the open.
        const auto file = *kamei::base::readFile(onlyFile(folder), 1 << 20);
        const auto seed = (*made)->seed();
        std::string hex;
        for (const std::byte b : seed) {
            constexpr std::string_view kDigits = "0123456789abcdef";
            hex += kDigits[std::to_integer<std::size_t>(b >> 4)];
            hex += kDigits[std::to_integer<std::size_t>(b & std::byte{15})];
        }
        QVERIFY(file.find(hex) == std::string::npos);
        QVERIFY(file.find(std::string_view(reinterpret_cast<const char*>(seed.data()), seed.size())) ==
                std::string::npos);
    }

    /// The derivation comes before anything is compared: a wrong passphrase costs what the right one does.
    void wrongPassphraseIsRefusedAsSlowlyAsTheRightOneIsTaken() {
        QTemporaryDir parent;
        const KeyStore store(fs::path(parent.path().toStdString()));
        const auto key = (*store.create("x", Role::Radiologist, kRight))->person().key;
        const auto timed = [&](const Redacted& passphrase) {
            const auto from = std::chrono::steady_clock::now();
            const auto result = store.unlock(key, passphrase);
            const auto took = std::chrono::steady_clock::now() - from;
            return std::pair{result, std::chrono::duration<double>(took).count()};
        };
        double right = 1e9;
        double wrong = 1e9;
        double absurd = 1e9;
        for (int i = 0; i < 2; ++i) { // the faster of two: other programs run on the machine
            const auto [good, goodTook] = timed(kRight);
            const auto [bad, badTook] = timed(kOther);
            const auto [none, noneTook] = timed(Redacted("passphrase", "z"));
            QVERIFY(good);
            QCOMPARE(bad.error().code, ErrorCode::PermissionDenied);
            QCOMPARE(none.error().code, ErrorCode::PermissionDenied);
            right = std::min(right, goodTook);
            wrong = std::min(wrong, badTook);
            absurd = std::min(absurd, noneTook);
        }
        qInfo("right %.2f s, wrong %.2f s, of one letter %.2f s", right, wrong, absurd);
        QVERIFY2(wrong > 0.1 && right > 0.1, "too fast to hinder guessing");
        QVERIFY(wrong > right * 0.5 && absurd > right * 0.5 && wrong < right * 2 && absurd < right * 2);
    }

    void shortPassphrasesAndBlankNamesAreRefused() {
        QTemporaryDir parent;
        const KeyStore store(fs::path(parent.path().toStdString()));
        QCOMPARE(store.create("x", Role::DataManager, Redacted("p", "elevenchars")).error().code,
                 ErrorCode::PassphraseRequired);
        for (const char* name : {"", "  ", "a\nb"}) {
            QCOMPARE(store.create(name, Role::DataManager, kRight).error().code, ErrorCode::InvalidArgument);
        }
        QVERIFY(store.list()->empty());
    }

    void changedPassphraseReplacesTheOldOne() {
        QTemporaryDir parent;
        const KeyStore store(fs::path(parent.path().toStdString()));
        const auto key = (*store.create("x", Role::DataManager, kRight))->person().key;
        QCOMPARE(store.changePassphrase(key, kOther, kOther).error().code, ErrorCode::PermissionDenied);
        QCOMPARE(store.changePassphrase(key, kRight, Redacted("p", "short")).error().code,
                 ErrorCode::PassphraseRequired);
        QVERIFY(store.unlock(key, kRight));
        QVERIFY(store.changePassphrase(key, kRight, kOther));
        QCOMPARE(store.unlock(key, kRight).error().code, ErrorCode::PermissionDenied);
        QVERIFY(store.unlock(key, kOther));
        // Nothing of the old file remains beside it.
        QCOMPARE(std::distance(fs::directory_iterator(parent.path().toStdString()), fs::directory_iterator()),
                 1);
    }

    void nameOrRoleEditedInTheFileDoesNotUnlock_data() {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::newRow("role") << QByteArray("data-manager") << QByteArray("ethics-reviewer");
        QTest::newRow("name") << QByteArray("Morita") << QByteArray("Morito");
        QTest::newRow("no key") << QByteArray("kamei-key") << QByteArray("kamei-kez");
    }
    void nameOrRoleEditedInTheFileDoesNotUnlock() {
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        QTemporaryDir parent;
        const fs::path folder(parent.path().toStdString());
        const KeyStore store(folder);
        const auto key = (*store.create("Morita", Role::DataManager, kRight))->person().key;
        const fs::path file = onlyFile(folder);
        QByteArray content = QByteArray::fromStdString(*kamei::base::readFile(file, 1 << 20));
        QVERIFY(content.contains(from));
        std::ofstream(file, std::ios::binary) << content.replace(from, to).toStdString();
        QVERIFY(!store.unlock(key, kRight));
    }

    void lostKeyIsNotFound() {
        QTemporaryDir parent;
        const KeyStore store(fs::path(parent.path().toStdString()));
        const auto stranger = Identity::generate("x", Role::DataManager);
        QCOMPARE(store.unlock(stranger->person().key, kRight).error().code, ErrorCode::NotFound);
    }

    void witnessRemembersEachWorkspace() {
        QTemporaryDir parent;
        const Witness witness(fs::path(parent.path().toStdString()) / "seen");
        QVERIFY(!*witness.lastSeen("ab12"));
        const Witness::Seen seen{12, kamei::base::sha256("x")};
        QVERIFY(witness.note("ab12", seen));
        QCOMPARE(**witness.lastSeen("ab12"), seen);
        QVERIFY(!*witness.lastSeen("ab13"));
        for (const char* id : {"", "../x", "AB", "a/b"}) {
            QCOMPARE(witness.note(id, seen).error().code, ErrorCode::WorkspaceDamaged);
        }
    }
};

QTEST_GUILESS_MAIN(TestKeys)
#include "TestKeys.moc"
