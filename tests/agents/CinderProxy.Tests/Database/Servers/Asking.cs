using System.Data.Common;
using System.Globalization;

namespace CinderProxy.Tests.Database.Servers;

static class Asking
{
    public static async Task RunAsync(this DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The first column of the first row as text; null for NULL and for no row.</summary>
    public static async Task<string?> ScalarAsync(this DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync() is var value and not (null or DBNull) ? Convert.ToString(value, CultureInfo.InvariantCulture) : null;
    }
}
