namespace Cascade.Agent;

/// <summary>A reason not to start or to end, in words for the operator; it is shown without a trace.</summary>
public sealed class AgentException : Exception
{
    public AgentException()
    {
    }

    public AgentException(string message)
        : base(message)
    {
    }

    public AgentException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
