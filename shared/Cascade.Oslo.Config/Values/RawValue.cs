namespace Cascade.Oslo.Config;

/// <summary>A value as it was written, quotes stripped, continuation lines joined with a line feed, references not yet replaced.</summary>
public sealed record RawValue(string Text, ConfigOrigin Origin);
