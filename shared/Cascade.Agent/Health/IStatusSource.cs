namespace Cascade.Agent;

/// <summary>A part of /status and of the SIGUSR2 report; registered as a service by whoever has something to show.</summary>
public interface IStatusSource
{
    /// <summary>The heading: <c>in_flight</c>, <c>links</c>, …</summary>
    string Name { get; }

    /// <summary>Names and values as they are now; no secrets, no waiting.</summary>
    IEnumerable<KeyValuePair<string, string>> Read();
}
