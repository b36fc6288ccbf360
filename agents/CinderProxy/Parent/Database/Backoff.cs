namespace Cascade.CinderProxy.Parent.Database;

/// <summary>Pauses between tries. Some chance in them parts two that collided, or they collide again.</summary>
static class Backoff
{
    /// <param name="doublings">how often the first pause was doubled already, never beyond the longest.</param>
    /// <returns>Between half and all of the pause.</returns>
    public static TimeSpan Jittered(TimeSpan first, TimeSpan longest, int doublings)
    {
        var pause = first * Math.Pow(2, Math.Min(doublings, 16));
        return (pause < longest ? pause : longest) * (0.5 + (Random.Shared.NextDouble() / 2));
    }
}
