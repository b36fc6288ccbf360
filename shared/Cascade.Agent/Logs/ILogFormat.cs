namespace Cascade.Agent;

/// <summary>Gives a record its form, line feed included, secrets excluded.</summary>
interface ILogFormat
{
    string Write(in LogRecord record);
}
