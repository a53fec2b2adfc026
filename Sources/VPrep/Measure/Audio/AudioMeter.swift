internal import Loudness
internal import MediaIO
internal import Services

/// Measures the audio stream while it is decoded: peak, loudness, and where someone speaks.
struct AudioMeter: ~Copyable {
  private var loudness: LoudnessMeter?
  private var voice: VoiceDetector?
  private var channels = 0
  private var sampleRate = 0
  private var peak: Float = 0
  private var samples = 0
  /// Interleaved samples of the frame of 20 ms that fills up.
  private var pending: [Float] = []
  /// When that frame begins, in seconds of the stream's clock.
  private var pendingStart = 0.0
  /// Beginning of each frame, and its K-weighted mean square.
  private var starts: [Double] = []
  private var powers: [Double] = []
  /// Highest sample of each frame.
  private var peaks: [Float] = []

  /// Samples beyond this are damage: 24 dB above full scale, more than any decoder overshoots.
  private static let loudest: Float = 16

  /// Takes a block into account.
  ///
  /// - Parameter time: when it is heard, in seconds of the stream's clock; `nil` puts it behind the
  ///   block before.
  mutating func add(_ block: AudioBlock?, at time: Double?) {
    guard let block, block.channels > 0, block.sampleRate > 0 else { return }
    adopt(block)
    let frameLength = Self.frameLength(sampleRate) * channels
    if let time, time.isFinite { follow(time) }
    for sample in block.samples {
      pending.append(sanitised(sample))
      if pending.count == frameLength { finishFrame() }
    }
    samples += block.samples.count
  }

  /// What was measured.
  ///
  /// - Parameters:
  ///   - seconds: the clip's duration, of which `voicedShare` is a part.
  ///   - start: of the clip, in seconds of the stream's clock.
  mutating func measurement(clipSeconds seconds: Double, from start: Double = 0) -> AudioMeasurement
  {
    guard samples > 0 else { return AudioMeasurement(present: false) }
    let voiced = voice?.voiced ?? []
    let power = zip(powers, voiced).filter(\.1).map(\.0)
    let spoken = Double(power.count) * VoiceDetector.frameSeconds
    var measurement = AudioMeasurement(
      present: true, peakDBFS: LoudnessMeter.decibels(amplitude: Double(peak)),
      loudnessLUFS: loudness?.integrated,
      voicedLoudnessLUFS: power.isEmpty
        ? nil : LoudnessMeter.loudness(power: power.reduce(0, +) / Double(power.count)),
      voicedShare: seconds > 0 ? min(1, spoken / seconds) : nil)
    measurement.frames = zip(starts.indices, voiced).map { index, isVoiced in
      AudioFrame(
        time: starts[index] - start, duration: VoiceDetector.frameSeconds, power: powers[index],
        peak: Double(peaks[index]), isVoiced: isVoiced)
    }
    return measurement
  }

  /// The windows in which someone speaks, in seconds after `start`, which is on the stream's clock.
  func voicedWindows(from start: Double) -> [TimeWindow] {
    var stretches: [TimeWindow] = []
    for (begin, isVoiced) in zip(starts, voice?.voiced ?? []) where isVoiced {
      let time = begin - start
      let end = time + VoiceDetector.frameSeconds
      // Half a frame of slack: frames of odd sample rates do not meet exactly.
      if let last = stretches.last, abs(time - last.end) < VoiceDetector.frameSeconds / 2 {
        stretches[stretches.count - 1].end = end
      } else {
        stretches.append(TimeWindow(start: time, end: end))
      }
    }
    return stretches
  }

  // MARK: - Frames

  private static func frameLength(_ sampleRate: Int) -> Int {
    max(1, Int((Double(sampleRate) * VoiceDetector.frameSeconds).rounded()))
  }

  /// Begins with the first block, and again where the format changes in the middle of a track.
  private mutating func adopt(_ block: AudioBlock) {
    guard block.channels != channels || block.sampleRate != sampleRate else { return }
    (channels, sampleRate) = (block.channels, block.sampleRate)
    pending.removeAll(keepingCapacity: true)
    if voice == nil {
      voice = VoiceDetector(sampleRate: sampleRate)
      loudness = LoudnessMeter(channels: channels, sampleRate: sampleRate)
    } else {
      voice?.setRate(sampleRate)
      if loudness?.change(channels: channels, sampleRate: sampleRate) == false { loudness = nil }
    }
  }

  /// The sample as a number that filters survive, noting the peak.
  private mutating func sanitised(_ sample: Float) -> Float {
    guard sample.isFinite else { return 0 }
    let level = min(abs(sample), Self.loudest)
    if level > peak { peak = level }
    return sample < 0 ? -level : level
  }

  private mutating func finishFrame() {
    loudness?.add(pending.span)
    starts.append(pendingStart)
    powers.append(
      loudness?.weightedPower(last: Int(VoiceDetector.frameSeconds * 1000)) ?? 0)
    peaks.append(pending.reduce(0) { max($0, abs($1)) })
    let mix = mono()
    voice?.add(mix)
    pending.removeAll(keepingCapacity: true)
    pendingStart += Double(Self.frameLength(sampleRate)) / Double(sampleRate)
  }

  /// Moves the clock to a block's time where the track has a gap, dropping what waits before it.
  private mutating func follow(_ time: Double) {
    let expected = pendingStart + Double(pending.count / channels) / Double(sampleRate)
    guard abs(time - expected) > VoiceDetector.frameSeconds else { return }
    pending.removeAll(keepingCapacity: true)
    pendingStart = time
  }

  private func mono() -> [Float] {
    guard channels > 1 else { return pending }
    return stride(from: 0, to: pending.count, by: channels).map { first in
      pending[first..<first + channels].reduce(0, +) / Float(channels)
    }
  }
}
