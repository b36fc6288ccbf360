namespace Cascade.Agent;

/// <summary>Where components say how they are. Names are an operator's words: <c>broker</c>, <c>child</c>, <c>leader</c>.</summary>
public interface IHealth
{
    /// <summary>The component's state from now on; the same state again only renews the detail.</summary>
    /// <param name="component">a stable name.</param>
    /// <param name="state">how it is.</param>
    /// <param name="detail">one sentence without secrets, shown by /healthcheck, /status and the report.</param>
    void Report(string component, HealthState state, string detail = "");

    /// <summary>The agent is known to the parent and takes work: systemd hears READY=1, /healthcheck may answer 200.</summary>
    void Registered();
}
