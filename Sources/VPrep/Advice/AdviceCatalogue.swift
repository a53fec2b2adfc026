public import FoundationEssentials
public import MediaIO
public import Services

/// The sentences of advice in one language.
///
/// A catalogue is a JSON object: `language` (a BCP 47 tag), `name`, `readByNativeSpeaker`, and
/// `sentences`, from the ids of advice to texts with the same blanks as in English. What it leaves out
/// is said in English.
public struct AdviceCatalogue: Sendable, Equatable, Codable {
  /// BCP 47 tag of the language.
  public let language: String
  /// The language's own name for itself.
  public let name: String
  /// Whether somebody who speaks the language from childhood has read it.
  public let isReadByNativeSpeaker: Bool
  /// By id.
  private let sentences: [String: String]

  /// English, which is complete.
  public static let english = AdviceCatalogue(
    language: "en", name: "English", isReadByNativeSpeaker: true,
    sentences: Dictionary(uniqueKeysWithValues: Advice.allCases.map { ($0.rawValue, $0.english) }))

  private init(
    language: String, name: String, isReadByNativeSpeaker: Bool, sentences: [String: String]
  ) {
    self.language = language
    self.name = name
    self.isReadByNativeSpeaker = isReadByNativeSpeaker
    self.sentences = sentences
  }

  /// Reads a catalogue.
  ///
  /// - Parameters:
  ///   - json: The catalogue's text.
  ///   - file: What an error calls it.
  ///   - limits: How large and how deep the text may be.
  /// - Throws: `VPrepError.Kind.badRequest` for what is no catalogue, for an unknown id, and for a
  ///   sentence whose blanks are not those of the English one.
  public init(
    json: Data, named file: String, limits: InputLimits = InputLimits()
  ) throws(VPrepError) {
    if let complaint = JSONBounds(limits).complaint(json) {
      throw Self.error(file, complaint)
    }
    let text: CatalogueText
    do {
      text = try JSONDecoder().decode(CatalogueText.self, from: json)
    } catch {
      throw Self.error(file, "is no catalogue: an object with language, name and sentences")
    }
    for (id, sentence) in text.sentences {
      guard let advice = Advice(rawValue: id) else {
        throw Self.error(file, "\"\(id)\" is no id of advice")
      }
      guard
        Set(AdviceText.blanks(of: sentence)) == Set(AdviceText.blanks(of: advice.english)),
        !sentence.isEmpty
      else {
        throw Self.error(file, "the sentence for \"\(id)\" must have the blanks of the English one")
      }
    }
    self.init(
      language: text.language, name: text.name,
      isReadByNativeSpeaker: text.readByNativeSpeaker ?? true, sentences: text.sentences)
  }

  private struct CatalogueText: Decodable {
    let language: String
    let name: String
    let readByNativeSpeaker: Bool?
    let sentences: [String: String]
  }

  private static func error(_ file: String, _ message: String) -> VPrepError {
    VPrepError(
      kind: .badRequest, stage: "arguments", file: file, message: message,
      advice: "See Docs/advice.md for the form of a catalogue.")
  }

  /// The sentences that it has.
  package var count: Int { sentences.count }

  /// A sentence with its blanks filled.
  ///
  /// - Parameters:
  ///   - advice: Which sentence.
  ///   - parameters: What its blanks hold.
  public func sentence(_ advice: Advice, _ parameters: [String: String] = [:]) -> String {
    AdviceText(parameters).fill(sentences[advice.rawValue] ?? advice.english)
  }
}

extension Verdict {
  /// The verdict with its advice in the language of a catalogue.
  ///
  /// - Parameter catalogue: The sentences; what it leaves out stays as it is.
  public func translated(by catalogue: AdviceCatalogue) -> Verdict {
    var verdict = self
    for index in verdict.predictions.indices {
      let prediction = verdict.predictions[index]
      guard let advice = prediction.adviceID else { continue }
      verdict.predictions[index].advice = catalogue.sentence(advice, prediction.parameters)
    }
    return verdict
  }
}
