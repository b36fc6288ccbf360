using System.Text.Json.Nodes;
using Cascade.Oslo.Wire.Objects;

namespace Cascade.Contracts.Cinder.Objects;

/// <summary>cinder/objects/dynamic_log.py: LogLevel.</summary>
/// <param name="Prefix">Of the loggers; null or the empty text for all of them.</param>
/// <param name="Level">A word such as <c>INFO</c>; not looked at in a question.</param>
public sealed record CinderLogLevel(string? Prefix, string? Level)
{
    public static CinderLogLevel Read(VersionedObject of) => new(of.Text("prefix"), of.Text("level"));

    /// <summary>The LogLevelList that answers get_log_levels.</summary>
    public static VersionedObject List(IEnumerable<CinderLogLevel> levels) =>
        CinderObjects.New(CinderObjects.LogLevelList, new() { ["objects"] = new JsonArray([.. levels.Select(level => level.ToObject().ToJson())]) });

    VersionedObject ToObject() => CinderObjects.New(CinderObjects.LogLevel, new() { ["prefix"] = Prefix, ["level"] = Level });
}
