import CVPrep
import Foundation
import TestSupport
import Testing

@Suite("What make install puts in place")
struct InstallTests {
  /// Runs `scripts/install.sh` with the build of these tests.
  private func install(
    _ action: String = "install", prefix: String, destination: String = "",
    libraries: String? = nil
  ) throws -> ProcessResult {
    let result = try runProcess(
      Repository.root.appending(path: "scripts/install.sh").path(percentEncoded: false),
      [
        action, Repository.products.path(percentEncoded: false), destination, prefix,
        libraries ?? prefix + "/lib", VPREP_VERSION, "libvprep.so.0",
      ], timeout: 120)
    try #require(result.status == 0, "\(result.errorText)")
    return result
  }

  private func files(in folder: borrowing TemporaryFolder) -> [String] {
    let found = FileManager.default.enumerator(
      at: folder.url, includingPropertiesForKeys: [.isDirectoryKey])
    return (found?.allObjects as? [URL] ?? [])
      .filter { (try? $0.resourceValues(forKeys: [.isDirectoryKey]).isDirectory) == false }
      .map { String($0.path(percentEncoded: false).dropFirst(folder.url.path.count)) }
  }

  @Test(
    "builds and runs the program of Examples",
    arguments: [("c/gate.c", "clang", "-std=c99"), ("cpp/gate.cpp", "clang++", "-std=c++17")])
  func example(source: String, compiler: String, language: String) throws {
    // A sanitizer's runtime would have to be linked as well; `CProgramTests` does that.
    guard ProcessInfo.processInfo.environment["VPREP_SANITIZER"] == nil else { return }
    let folder = try TemporaryFolder()
    let prefix = folder.path("prefix")
    _ = try install(prefix: prefix)
    let flags = try runProcess(
      "env",
      ["PKG_CONFIG_PATH=\(prefix)/lib/pkgconfig", "pkg-config", "--cflags", "--libs", "vprep"]
    )
    #expect(
      flags.outputText.split(whereSeparator: \.isWhitespace)
        == ["-I\(prefix)/include", "-L\(prefix)/lib", "-lvprep"])
    let program = folder.path("gate")
    let path = Repository.root.appending(path: "Examples/\(source)").path(percentEncoded: false)
    let compiled = try runProcess(
      compiler,
      [language, "-Wall", "-Wextra", "-Wpedantic", "-Werror", path, "-o", program]
        + flags.outputText.split(whereSeparator: \.isWhitespace).map(String.init)
        + ["-Wl,-rpath,\(prefix)/lib"])
    try #require(compiled.status == 0, "\(compiled.errorText)")
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(
      separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count <= 26)

    let output = folder.path("out.mp4")
    let ran = try runProcess(program, [try TestClips.named("good-silent").path, output])
    #expect(ran.status == Int32(VPREP_ACCEPTED.rawValue), "\(ran.outputText)")
    #expect(try Ffprobe.probe(folder.file("out.mp4")).format.contains("mp4"))
    let missing = try runProcess(program, ["/no/such/clip", output])
    #expect(missing.status == Int32(VPREP_UNUSABLE_INPUT.rawValue))
  }

  @Test(
    "has a manual page for each command, completions that know files, and says what the loader needs"
  )
  func helpers() throws {
    let folder = try TemporaryFolder()
    let said = try install(prefix: folder.path("prefix"))
    #expect(said.outputText.contains("-Wl,-rpath,\(folder.path("prefix"))/lib"))
    let help = try runProcess(
      Repository.vprep.path(percentEncoded: false), ["--experimental-dump-help"])
    let dump = try JSONDecoder().decode(JSON.self, from: Data(help.outputText.utf8))
    let names = (dump["command"]?["subcommands"]?.elements ?? []).compactMap { command -> String? in
      if case .string(let name) = command["commandName"], name != "help" { name } else { nil }
    }
    try #require(names.contains("check"))
    let pages = files(in: folder).filter { $0.hasSuffix(".1") }.sorted()
    #expect(
      pages
        == (names.map { "/prefix/share/man/man1/vprep-\($0).1" }
        + ["/prefix/share/man/man1/vprep.1"]).sorted())
    let completions = [
      ("zsh/site-functions/_vprep", "':clip:_files'"),
      ("fish/vendor_completions.d/vprep.fish", #"positional "vprep check" -eq 1' -F"#),
    ]
    for (file, command) in completions {
      let text = try String(contentsOf: folder.file("prefix/share/\(file)"), encoding: .utf8)
      #expect(text.contains(command), "\(file) completes no files")
    }
    let typed = try runProcess(
      "bash",
      [
        "-c",
        """
        source "$0"; cd "$1"; COMP_WORDS=(vprep check good-sil); COMP_CWORD=2
        COMP_LINE="${COMP_WORDS[*]}"; COMP_POINT=${#COMP_LINE}; _vprep vprep good-sil check
        echo "${COMPREPLY[@]}"
        """,
        folder.path("prefix/share/bash-completion/completions/vprep"),
        TestClips.folder.path(percentEncoded: false),
      ])
    #expect(typed.outputText == "good-silent.mp4\n")
  }

  @Test("lies below DESTDIR and names it nowhere, and uninstall removes all of it")
  func destination() throws {
    let folder = try TemporaryFolder()
    let libraries = "/opt/vprep/lib/x86_64-linux-gnu"
    _ = try install(prefix: "/opt/vprep", destination: folder.url.path, libraries: libraries)
    let installed = files(in: folder)
    #expect(installed.contains("\(libraries)/libvprep.so.\(VPREP_VERSION)"))
    for file in installed where file.hasSuffix(".pc") || file.hasSuffix(".cmake") {
      let text = try String(contentsOf: folder.file(String(file.dropFirst())), encoding: .utf8)
      #expect(!text.contains(folder.url.path) && !text.contains("@"), "\(file): \(text)")
    }
    _ = try install(
      "uninstall", prefix: "/opt/vprep", destination: folder.url.path, libraries: libraries)
    #expect(files(in: folder) == [])
  }
}
