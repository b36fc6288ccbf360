namespace Cascade.Agent;

/// <summary>Variables of the process, so that a test can have others.</summary>
interface IEnvironment
{
    string? this[string name] { get; }
}

sealed class ProcessEnvironment : IEnvironment
{
    public string? this[string name] => Environment.GetEnvironmentVariable(name);
}
