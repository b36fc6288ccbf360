namespace Cascade.Oslo.Config;

/// <summary>One thing that is wrong with the configuration, in words that say what to write instead.</summary>
public sealed record ConfigFault(string Message, ConfigOrigin? Origin = null)
{
    public override string ToString() => Origin is null ? Message : $"{Origin}: {Message}";
}
