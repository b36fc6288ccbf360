namespace Cascade.Agent;

/// <summary>Levels of the log that somebody asks of a running agent: they hold, over what the configuration says, until it is started again.</summary>
public interface ILogLevels
{
    /// <param name="prefix">A logger and everything below it; empty for all.</param>
    /// <param name="level">DEBUG, INFO, WARNING, ERROR, CRITICAL, in any case.</param>
    /// <returns>False when there is no such level; nothing has changed then.</returns>
    bool TrySet(string prefix, string level);

    /// <summary>The loggers that there are and begin so, with the level from which each writes.</summary>
    IReadOnlyDictionary<string, string> Of(string prefix);
}
