/// As many requests as a service takes: so many a second, and as many at once after a pause of a second.
actor RateLimit {
  private let perSecond: Double
  private let most: Double
  private var left: Double
  private var last: ContinuousClock.Instant?

  /// - Parameter perSecond: 0 takes any number.
  init(perSecond: Double) {
    self.perSecond = perSecond
    most = max(1, perSecond)
    left = most
  }

  /// Whether a request is taken; it then counts.
  func takes(at now: ContinuousClock.Instant = .now) -> Bool {
    guard perSecond > 0 else { return true }
    if let last { left = min(most, left + max(0, (now - last) / .seconds(1)) * perSecond) }
    last = now
    guard left >= 1 else { return false }
    left -= 1
    return true
  }
}
