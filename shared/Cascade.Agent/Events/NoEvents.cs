namespace Cascade.Agent.Events;

/// <summary>The bus that is switched off.</summary>
sealed class NoEvents : IEvents
{
    public bool IsOn => false;

    public void Tell<TEvent>(TEvent what)
        where TEvent : class
    {
    }
}
