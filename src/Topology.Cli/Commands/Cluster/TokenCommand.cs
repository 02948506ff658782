using System.Globalization;

namespace Topology.Cli;

/// <summary>Makes a token by which a supervisor of another host joins.</summary>
internal static class TokenCommand
{
    public static async Task<int> ExecuteAsync(ReadingArguments arguments, CommandContext context)
    {
        var invitation = await context.Connect(arguments).InviteAsync().ConfigureAwait(false)
            ?? throw new CommandException(ExitCode.Conflict, "the daemon listens for no other hosts", "topology down, then topology up --listen tcp://ADDRESS:PORT");
        Answer.Write(invitation, i => i.Token, () => context.Console.Out.WriteLine(invitation.Token), arguments.Output, context.Console);
        context.Lines.Write(string.Create(CultureInfo.InvariantCulture, $"good once, for one supervisor, until {invitation.ExpiresAt.UtcDateTime:HH:mm} UTC; whoever reads it may join, and run code with the data of this cluster"));
        context.Lines.Write("  try, on the other host: topology join FILE, or topology join - with the token on its standard input");
        return ExitCode.Success;
    }
}
