internal import FoundationEssentials
internal import MediaIO
internal import Services

/// The options of one call, as a caller of the worker or of the C interface gives them in JSON;
/// `Docs/options.schema.json` describes it.
package struct CallOptions: Sendable {
  /// Who is asked; `nil` where the caller names nobody.
  package var provider: Provider?
  /// The mode; `nil` for the provider's default.
  package var mode: ProviderMode?
  /// Everything else; its service does not count.
  package var gate = Gate.unasked
  /// Whether `fit` and `prep` only say what they would do.
  package var isDryRun = false
  /// What an error calls the request.
  package var requestName = "the request"

  /// The defaults.
  package init() {}

  /// The options of a JSON object.
  ///
  /// - Throws: `VPrepError.Kind.badRequest` for an option that there is not, with those that may be
  ///   meant, and for a value of the wrong type or out of range.
  package init(_ document: JSONValue) throws(VPrepError) {
    try read(document)
  }

  /// Reads the text of a JSON object over what is set, no larger and no deeper than the limits allow.
  ///
  /// - Parameter name: what an error calls it.
  package mutating func read(json: String, named name: String) throws(VPrepError) {
    if let complaint = JSONBounds(gate.runtime.inputLimits).complaint(json.utf8) {
      throw OptionReader.error("\(name): \(complaint)")
    }
    let document: JSONValue
    do {
      document = try JSONDecoder().decode(JSONValue.self, from: Data(json.utf8))
    } catch {
      throw OptionReader.error("\(name) is not JSON")
    }
    try read(document, named: name)
  }

  /// Reads a JSON object over what is set; an option that is not in it, or is `null`, stays.
  package mutating func read(
    _ document: JSONValue, named name: String = "options"
  ) throws(VPrepError) {
    let keys = OptionKey.all
    let object = OptionReader(document, path: name)
    for (name, value) in try object.members(among: keys.map(\.name)) {
      guard let key = keys.first(where: { $0.name == name }), value.json != .null else { continue }
      try key.read(value, &self)
    }
  }

  /// A gate with these options.
  ///
  /// - Throws: `VPrepError.Kind.badRequest` for options that contradict each other.
  package func makeGate() throws(VPrepError) -> Gate {
    var gate = gate
    // Without a provider nothing is judged.
    guard let provider else { return gate }
    let complaint = Service.complaint(about: mode, of: provider, option: "mode", none: "none")
    if let complaint { throw OptionReader.error(complaint) }
    let service = Service(provider, mode: mode) ?? Service(provider)
    gate.service = service
    if let actions = gate.judging.options.actions, !service.knows(actions) {
      throw OptionReader.error(
        "actions must be \(service.sequencesText) for \(provider.rawValue)")
    }
    if gate.judging.photo != nil, !service.takesPhoto {
      throw OptionReader.error(
        "photo is for \(Provider.takingPhotos); \(provider.rawValue) takes none")
    }
    let stated = StatedOptions(mode: mode)
    if let other = service.contradiction(of: stated, with: gate.judging.request ?? [:]), let mode {
      throw OptionReader.error(
        "mode \(mode.rawValue) contradicts \(requestName), whose \(other.parameter) is "
          + "\(other.value)")
    }
    return gate
  }
}
