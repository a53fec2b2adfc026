internal import MediaIO
internal import Services

/// One option of a call: its name in JSON, and where its value goes.
struct OptionKey: Sendable {
  let name: String
  let read: @Sendable (OptionReader, inout CallOptions) throws(VPrepError) -> Void

  init(
    _ name: String,
    _ read: @escaping @Sendable (OptionReader, inout CallOptions) throws(VPrepError) -> Void
  ) {
    self.name = name
    self.read = read
  }

  /// Every option, in the order of `Docs/options.schema.json`.
  static let all: [OptionKey] = judging + request + output + effort

  /// Who is asked, and how the clip is judged.
  private static let judging: [OptionKey] = [
    OptionKey("provider") { (value, options) throws(VPrepError) in
      options.provider = try value.choice(Provider.self)
    },
    OptionKey("mode") { (value, options) throws(VPrepError) in
      options.mode = try value.choice(ProviderMode.self)
    },
    OptionKey("actions") { (value, options) throws(VPrepError) in
      options.gate.judging.options.actions = try value.actions()
    },
    OptionKey("bandwidth") { (value, options) throws(VPrepError) in
      options.gate.judging.options.bandwidth = try value.number("bits per second, more than 0") {
        $0 > 0
      }
    },
    OptionKey("faceOcclusionDetection") { (value, options) throws(VPrepError) in
      options.gate.judging.options.faceOcclusionDetection = try value.truth()
    },
    OptionKey("eyeCloseDetection") { (value, options) throws(VPrepError) in
      options.gate.judging.options.eyeCloseDetection = try value.truth()
    },
    OptionKey("judgedWindow") { (value, options) throws(VPrepError) in
      options.gate.judging.options.window = try value.window("[start, end] in seconds")
    },
    OptionKey("strict") { (value, options) throws(VPrepError) in
      options.gate.judging.options.strict = try value.truth()
    },
    OptionKey("explore") { (value, options) throws(VPrepError) in
      let seed = options.gate.judging.exploration?.seed ?? ""
      options.gate.judging.exploration = Exploration(
        share: try value.number("0 to 1") { (0...1).contains($0) }, seed: seed)
    },
    OptionKey("exploreSeed") { (value, options) throws(VPrepError) in
      let share = options.gate.judging.exploration?.share ?? 0
      options.gate.judging.exploration = Exploration(share: share, seed: try value.text())
    },
    OptionKey("rules") { (value, options) throws(VPrepError) in
      do throws(RuleOverridesError) {
        options.gate.judging.overrides = try RuleOverrides(value.json)
      } catch {
        throw OptionReader.error("\(value.path): \(error)")
      }
    },
  ]

  /// What goes to the provider beside the clip.
  private static let request: [OptionKey] = [
    OptionKey("photo") { (value, options) throws(VPrepError) in
      options.gate.judging.photo = .file(try value.path(of: "a JPG or PNG"))
    },
    OptionKey("request") { (value, options) throws(VPrepError) in
      options.gate.judging.request = try RequestJSON.parameters(value)
    },
  ]

  /// What is put out.
  private static let output: [OptionKey] = [
    OptionKey("window") { (value, options) throws(VPrepError) in
      switch value.json {
      case .string("auto"): options.gate.fitting.window = nil
      case .string("all"): options.gate.fitting.window = TimeWindow(start: 0, end: .infinity)
      default:
        options.gate.fitting.window = try value.window(
          "\"auto\", \"all\" or [start, end] in seconds")
      }
    },
    OptionKey("maxBytes") { (value, options) throws(VPrepError) in
      options.gate.fitting.maximumBytes = try value.count(
        1...(1 << 53), "a number of bytes, at least 1")
    },
    OptionKey("keepMetadata") { (value, options) throws(VPrepError) in
      options.gate.fitting.keepsMetadata = try value.truth()
    },
    OptionKey("evenIfHopeless") { (value, options) throws(VPrepError) in
      options.gate.fitting.encodesHopeless = try value.truth()
    },
    OptionKey("previews") { (value, options) throws(VPrepError) in
      options.gate.reporting.previewCount = try value.count(Gate.previewCounts, "0 to 10")
    },
    OptionKey("previewSize") { (value, options) throws(VPrepError) in
      options.gate.reporting.previewSize = try value.count(
        Gate.previewSizes, "pixels, 64 to 4096")
    },
    OptionKey("previewQuality") { (value, options) throws(VPrepError) in
      options.gate.reporting.previewQuality = try value.count(1...100, "1 to 100")
    },
    OptionKey("previewCrop") { (value, options) throws(VPrepError) in
      options.gate.reporting.previewCrop = try value.choice(PreviewCrop.self)
    },
    OptionKey("timeline") { (value, options) throws(VPrepError) in
      options.gate.reporting.includesTimeline = try value.truth()
    },
    OptionKey("language") { (value, options) throws(VPrepError) in
      options.gate.reporting.advice = try value.language()
    },
    OptionKey("annotate") { (value, options) throws(VPrepError) in
      options.gate.reporting.annotationFolder = try value.path(of: "a folder")
    },
    OptionKey("md5") { (value, options) throws(VPrepError) in
      options.gate.reporting.includesDigest = try value.truth()
    },
    OptionKey("dryRun") { (value, options) throws(VPrepError) in
      options.isDryRun = try value.truth()
    },
  ]

  /// How much is done, and how long it may take.
  private static let effort: [OptionKey] = [
    OptionKey("exhaustive") { (value, options) throws(VPrepError) in
      options.gate.judging.isExhaustive = try value.truth()
    },
    OptionKey("threads") { (value, options) throws(VPrepError) in
      options.gate.runtime.codecThreads = try value.count(1...16, "1 to 16")
    },
    OptionKey("limits") { (value, options) throws(VPrepError) in
      let table = InputLimits.table
      let names = table.map(\.name.rawValue)
      for (name, limit) in try value.members(among: names) where limit.json != .null {
        guard let entry = table.first(where: { $0.name.rawValue == name }) else { continue }
        let expected =
          "\(entry.range.lowerBound.formatted(decimals: 0)) to "
          + "\(entry.range.upperBound.formatted(decimals: 0)) \(entry.unit)"
        options.gate.runtime.inputLimits[entry.name] = try limit.number(
          expected, where: entry.range.contains)
      }
    },
    OptionKey("timeLimit") { (value, options) throws(VPrepError) in
      options.gate.runtime.timeLimit = try value.number("seconds, more than 0 and at most 86400") {
        $0 > 0 && $0 <= 86_400
      }
    },
  ]
}
