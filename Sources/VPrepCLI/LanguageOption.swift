import ArgumentParser
import VPrep

/// The language in which a person is told what to do.
struct LanguageOption: ParsableArguments {
  @Option(
    help: "The language of the advice: \(AdviceCatalogue.languages.joined(separator: ", ")).",
    completion: .list(AdviceCatalogue.languages))
  var language: String?

  mutating func validate() throws {
    if let language, AdviceCatalogue.speaking(language) == nil {
      let known = AdviceCatalogue.languages.joined(separator: ", ")
      throw ValidationError("--language takes \(known).")
    }
  }

  /// Its sentences; `nil` where no language was asked for.
  var catalogue: AdviceCatalogue? { language.flatMap(AdviceCatalogue.speaking) }
}
