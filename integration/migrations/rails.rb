# ActiveRecord migrations up and down, each in its transaction. Argument: URL.
require "active_record"
ActiveRecord::Base.establish_connection(ARGV[0])
ActiveRecord::Migration.verbose = false
class Create < ActiveRecord::Migration[6.1]
  def change
    create_table :customers do |t|
      t.string :email, null: false, limit: 254
      t.string :name, default: "nobody"
      t.text :note
      t.timestamps
    end
    add_index :customers, :email, unique: true
  end
end
class More < ActiveRecord::Migration[6.1]
  def change
    add_column :customers, :mail, :string
    change_column_default :customers, :name, from: "nobody", to: "somebody"
    add_index :customers, :mail, name: "by_mail"
    reversible do |way|
      way.up { execute "insert into customers (email, mail, created_at, updated_at) values ('first@example.com', 'm@example.com', now(), now())" }
    end
  end
end
class Customer < ActiveRecord::Base; end
2.times do
  ActiveRecord::Base.transaction { Create.migrate(:up) }
  Customer.reset_column_information
  Customer.create!(email: "ann@example.com", note: "secret")
  ActiveRecord::Base.transaction { More.migrate(:up) }
  Customer.reset_column_information
  raise "mail" unless Customer.find_by!(mail: "m@example.com").email == "first@example.com"
  raise "name" unless Customer.find_by!(email: "first@example.com").name == "somebody"
  raise "sealed" unless Customer.find_by!(email: "ann@example.com").note == "secret"
  begin
    Customer.create!(email: "ann@example.com")
    raise "not unique"
  rescue ActiveRecord::RecordNotUnique
  end
  ActiveRecord::Base.transaction { More.migrate(:down) }
  ActiveRecord::Base.transaction { Create.migrate(:down) }
  Customer.reset_column_information
end
ActiveRecord::Base.transaction { Create.migrate(:up) }
Customer.reset_column_information
Customer.create!(email: "ann@example.com", note: "secret")
puts "done"
